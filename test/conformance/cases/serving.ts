import { type Case, configMap, expectEqual, expectStatus, expectThat } from '../case.ts';

/** Discovery, documents and the surface of HTTP. */
export const SERVING: readonly Case[] = [
  {
    name: 'serving: a wrong token is 401',
    check: async (probe) =>
      expectStatus(
        await probe.get('/api/v1/namespaces', { authorization: 'Bearer wrong' }),
        401,
        'Unauthorized',
      ),
  },
  {
    name: 'serving: health and version are answered',
    check: async (probe) => {
      for (const path of ['/healthz', '/livez', '/readyz'])
        expectEqual((await probe.get(path)).text, 'ok', path);
      expectThat(/^v1\.\d+\.\d+/.test((await probe.get('/version')).body.gitVersion), 'a version');
    },
  },
  {
    name: 'serving: a path that does not exist is a 404 Status',
    check: async (probe) => expectStatus(await probe.get('/apis/nobody.example/v1/things'), 404),
  },
  {
    name: 'discovery: legacy documents list deployments with verbs and short names',
    check: async (probe) => {
      const { body } = await probe.get('/apis/apps/v1');
      const entry = body.resources.find((each: { name: string }) => each.name === 'deployments');
      expectEqual(entry.shortNames, ['deploy'], 'short names');
      expectThat(
        body.resources.some((each: { name: string }) => each.name === 'deployments/scale'),
        'a scale subresource',
      );
    },
  },
  {
    name: 'discovery: the aggregated form has its own content type',
    check: async (probe) => {
      const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
      const { body, headers } = await probe.get('/apis', { accept });
      expectEqual(
        headers['content-type'],
        'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
        'content type',
      );
      expectEqual(body.kind, 'APIGroupDiscoveryList', 'kind');
    },
  },
  {
    name: 'openapi: v3 documents are found by hash and name the kinds',
    check: async (probe) => {
      const { body } = await probe.get('/openapi/v3');
      const url = body.paths['apis/apps/v1'].serverRelativeURL;
      expectThat(url.includes('?hash='), 'a hash in the URL');
      const document = (await probe.get(url)).body;
      const kinds = Object.values(document.components.schemas).flatMap(
        (schema) =>
          (schema as { 'x-kubernetes-group-version-kind'?: { kind: string }[] })[
            'x-kubernetes-group-version-kind'
          ] ?? [],
      );
      expectThat(
        kinds.some(({ kind }) => kind === 'Deployment'),
        'the schema of Deployment',
      );
    },
  },
  {
    name: 'openapi: v2 is served',
    check: async (probe) => expectStatus(await probe.get('/openapi/v2'), 200),
  },
  {
    name: 'table: a list has columns and rows with metadata',
    check: async (probe) => {
      await probe.post(probe.in('v1', 'configmaps'), configMap('a', { data: { x: '1', y: '2' } }));
      const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
      const { body } = await probe.get(`${probe.in('v1', 'configmaps')}?fieldSelector=metadata.name%3Da`, {
        accept,
      });
      expectEqual(
        body.columnDefinitions.map(({ name }: { name: string }) => name),
        ['Name', 'Data', 'Age'],
        'columns',
      );
      expectEqual(body.rows[0].cells.slice(0, 2).map(String), ['a', '2'], 'cells');
      expectEqual(body.rows[0].object.kind, 'PartialObjectMetadata', 'object of a row');
    },
  },
  {
    name: 'body: malformed JSON is 400',
    check: async (probe) =>
      expectStatus(
        await probe.send('POST', probe.in('v1', 'configmaps'), { body: '{"kind":' }),
        400,
        'BadRequest',
      ),
  },
  {
    name: 'body: an unknown content type is 415',
    check: async (probe) =>
      expectStatus(
        await probe.send('POST', probe.in('v1', 'configmaps'), { body: 'x', type: 'text/plain' }),
        415,
        'UnsupportedMediaType',
      ),
  },
  {
    name: 'body: YAML is understood',
    check: async (probe) => {
      const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yaml}\ndata: {a: b}\n';
      expectStatus(
        await probe.send('POST', probe.in('v1', 'configmaps'), { body, type: 'application/yaml' }),
        201,
      );
    },
  },
  {
    name: 'body: more than the limit is 413',
    check: async (probe) => {
      const body = configMap('big', { data: { a: 'x'.repeat(4 * 1024 * 1024) } });
      expectStatus(await probe.post(probe.in('v1', 'configmaps'), body), 413);
    },
  },
  {
    name: 'method: one that a resource does not have is 405',
    check: async (probe) =>
      expectStatus(await probe.put(probe.in('v1', 'configmaps'), {}), 405, 'MethodNotAllowed'),
  },
  {
    name: 'authorization: an access review of the own user is answered',
    check: async (probe) => {
      const spec = { resourceAttributes: { verb: 'get', resource: 'pods', namespace: probe.namespace } };
      const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
      const { body } = await probe.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review);
      expectEqual(body.status.allowed, true, 'allowed');
    },
  },
  {
    name: 'authorization: a service account without a role may not read secrets',
    check: async (probe) => {
      const spec = {
        user: `system:serviceaccount:${probe.namespace}:default`,
        resourceAttributes: { verb: 'get', resource: 'secrets' },
      };
      const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
      expectEqual(
        (await probe.post('/apis/authorization.k8s.io/v1/subjectaccessreviews', review)).body.status.allowed,
        false,
        'allowed',
      );
    },
  },
  {
    name: 'authentication: a token of a service account is issued',
    check: async (probe) => {
      const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
      expectStatus(await probe.post(`${probe.in('v1', 'serviceaccounts')}/default/token`, request), 201);
    },
  },
];
