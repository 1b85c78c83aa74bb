import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningCluster, startCluster } from '../cluster.ts';

const CASES = 1200;
const dataDir = mkdtempSync(join(tmpdir(), 'drydock-fuzz-'));
const defects: unknown[] = [];
let cluster: RunningCluster;
let agent: Agent;

beforeAll(async () => {
  const logger = {
    info: () => {},
    warn: () => {},
    error: (_text: string, fields?: unknown) => defects.push(fields),
  };
  cluster = await startCluster({ name: 'fuzz', dataDir, logger });
  agent = new Agent({ keepAlive: true, maxSockets: 8, ca: cluster.caPem });
  for (const [path, base] of Object.entries(TARGETS)) {
    const answer = await send({ method: 'POST', path, body: JSON.stringify(base), type: 'application/json' });
    expect(answer.status, answer.text).toBe(201);
  }
});
afterAll(async () => {
  agent.destroy();
  await cluster.close();
  rmSync(dataDir, { recursive: true });
});

const word = fc.oneof(
  fc.constantFrom(
    'default',
    'a',
    'b',
    'kube-system',
    '..',
    '.',
    '%2e%2e',
    'A',
    '%00',
    '%',
    'ü',
    'x'.repeat(300),
    '__proto__',
    'constructor',
  ),
  fc.string({ maxLength: 12 }).map(encodeURIComponent),
);
const plural = fc.constantFrom(
  'configmaps',
  'secrets',
  'pods',
  'services',
  'namespaces',
  'nodes',
  'events',
  'things',
);
const groups = fc.constantFrom(
  '/api/v1',
  '/apis/apps/v1',
  '/apis/argoproj.io/v1alpha1',
  '/apis/batch/v1',
  '/apis',
  '/api',
  '/openapi/v3',
  '/x',
);
const apps = fc.constantFrom('deployments', 'applications', 'jobs', 'configmaps', 'pods');
const part = fc.constantFrom(
  '',
  '/status',
  '/scale',
  '/log',
  '/exec',
  '/finalize',
  '/token',
  '/binding',
  '/a/b/c',
);
const path = fc.oneof(
  fc
    .tuple(groups, word, fc.oneof(plural, apps), word, part)
    .map(([group, ns, kind, name, sub]) => `${group}/namespaces/${ns}/${kind}/${name}${sub}`),
  fc
    .tuple(groups, word, fc.oneof(plural, apps))
    .map(([group, ns, kind]) => `${group}/namespaces/${ns}/${kind}`),
  fc.tuple(groups, fc.array(word, { maxLength: 6 })).map(([group, rest]) => [group, ...rest].join('/')),
);
const value = fc.oneof(
  word,
  fc.constantFrom('1', '-1', 'true', '99999999999999999999', 'a=b', 'a in (b', '=', 'metadata.name=a', 'All'),
);
const query = fc.dictionary(
  fc.constantFrom(
    'labelSelector',
    'fieldSelector',
    'limit',
    'continue',
    'resourceVersion',
    'resourceVersionMatch',
    'dryRun',
    'fieldManager',
    'force',
    'fieldValidation',
    'gracePeriodSeconds',
    'propagationPolicy',
    'includeObject',
    'sendInitialEvents',
  ),
  value,
  { maxKeys: 3 },
);
const json = fc.jsonValue({ maxDepth: 4 });
const object = fc
  .record(
    {
      apiVersion: fc.constantFrom('v1', 'apps/v1', 'argoproj.io/v1alpha1', '', 3),
      kind: fc.constantFrom('ConfigMap', 'Deployment', 'Application', 'Pod', 'Service', 'Job', '', null),
      metadata: fc.oneof(
        json,
        fc.record(
          {
            name: fc.oneof(word, json),
            labels: json,
            annotations: json,
            finalizers: json,
            ownerReferences: json,
            managedFields: json,
          },
          { requiredKeys: ['name'] },
        ),
      ),
      spec: fc.oneof(
        json,
        fc.record({ template: json, selector: json, containers: json, ports: json, replicas: json }),
      ),
      data: json,
      status: json,
    },
    { requiredKeys: [] },
  )
  .map((each) => JSON.stringify(each));
const patch = fc
  .array(
    fc.record({
      op: fc.constantFrom('add', 'remove', 'copy', 'move', 'test', 'x'),
      path: fc.oneof(fc.constant('/metadata/labels'), fc.constant('/__proto__/x'), fc.string()),
      from: fc.constant('/data'),
      value: json,
    }),
  )
  .map((each) => JSON.stringify(each));
const body = fc.oneof(
  object,
  patch,
  json.map((each) => JSON.stringify(each)),
  fc.string(),
  fc.constantFrom(
    '{',
    '[[[[',
    '{"a":',
    '['.repeat(100_000),
    `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    'a: &a [*a]',
    'a: *b',
    '&a [&b [*a,*a],&c [*b,*b]]',
    'k8s\0',
    `k8s\0\n\x80\x80`,
  ),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.concat([Buffer.from('k8s\0'), bytes])),
);
const type = fc.constantFrom(
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'text/plain',
  '',
);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS');
const accept = fc.constantFrom(
  'application/json',
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/vnd.kubernetes.protobuf',
  'x;;=,',
);

/** Objects that are there, and are sent again with one part of them replaced by anything. */
const TARGETS = {
  '/api/v1/namespaces/default/configmaps': {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name: 'target', labels: { a: 'b' } },
    data: { a: 'b' },
  },
  '/api/v1/namespaces/default/services': {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name: 'target' },
    spec: { selector: { a: 'b' }, ports: [{ port: 80 }] },
  },
  '/apis/apps/v1/namespaces/default/deployments': {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name: 'target', annotations: { a: 'b' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { a: 'b' } },
      strategy: { rollingUpdate: { maxSurge: 1 } },
      template: {
        metadata: { labels: { a: 'b' } },
        spec: {
          containers: [
            { name: 'c', image: 'i', ports: [{ containerPort: 80 }], env: [{ name: 'A', value: 'b' }] },
          ],
        },
      },
    },
  },
  '/apis/apps/v1/namespaces/default/statefulsets': {
    kind: 'StatefulSet',
    apiVersion: 'apps/v1',
    metadata: { name: 'target' },
    spec: {
      serviceName: 's',
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
      volumeClaimTemplates: [{ metadata: { name: 'v' }, spec: {} }],
    },
  },
  '/apis/batch/v1/namespaces/default/jobs': {
    kind: 'Job',
    apiVersion: 'batch/v1',
    metadata: { name: 'target' },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] } } },
  },
  '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers': {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v1',
    metadata: { name: 'target' },
    spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'target' } },
  },
  '/apis/argoproj.io/v1alpha1/namespaces/default/applications': {
    kind: 'Application',
    apiVersion: 'argoproj.io/v1alpha1',
    metadata: { name: 'target' },
    spec: { project: 'p', source: { repoURL: 'r', path: 'p' }, destination: { name: 'd' } },
  },
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': {
    kind: 'CustomResourceDefinition',
    apiVersion: 'apiextensions.k8s.io/v1',
    metadata: { name: 'kites.toys.example' },
    spec: {
      group: 'toys.example',
      scope: 'Namespaced',
      names: { kind: 'Kite', plural: 'kites' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
        },
      ],
    },
  },
} as const;

function places(value: unknown): readonly string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([name, child]) => places(child).map((rest) => [name, ...rest])),
  ];
}

function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === step ? replaced(item, rest, by) : item));
  return { ...(value as object), [step]: replaced((value as Record<string, unknown>)[step], rest, by) };
}

const aimed = fc.constantFrom(...Object.entries(TARGETS)).chain(([collection, base]) => {
  const name = base.metadata.name;
  const anything = fc.oneof(
    json,
    fc.constantFrom(null, '', 0, -1, 1e300, [], {}, [[]], [null], { '': null }, '250%', 'x'.repeat(400)),
  );
  const change = (object: object) =>
    fc
      .tuple(fc.constantFrom(...places(object)), anything)
      .map(([place, by]) => JSON.stringify(replaced(object, place, by)));
  const changed = change(base);
  const fresh = change({ ...base, metadata: { generateName: 'fresh-' } });
  const steps = fc
    .array(
      fc.record({
        op: fc.constantFrom('add', 'remove', 'replace', 'copy', 'move', 'test'),
        path: fc.constantFrom(...places(base)).map((place) => `/${place.join('/')}`),
        from: fc.constantFrom(...places(base)).map((place) => `/${place.join('/')}`),
        value: json,
      }),
      { maxLength: 4 },
    )
    .map((each) => JSON.stringify(each));
  const shape = fc.oneof(
    fc.record({
      method: fc.constant('POST'),
      path: fc.constant(collection),
      body: fresh,
      type: fc.constantFrom('application/json', 'application/yaml'),
    }),
    fc.record({
      method: fc.constant('PUT'),
      path: fc.constantFrom(
        `${collection}/${name}`,
        `${collection}/${name}/status`,
        `${collection}/${name}/scale`,
      ),
      body: changed,
      type: fc.constant('application/json'),
    }),
    fc.record({
      method: fc.constant('PATCH'),
      path: fc.constantFrom(
        `${collection}/${name}`,
        `${collection}/${name}/status`,
        `${collection}/${name}/scale`,
      ),
      body: changed,
      type: fc.constantFrom('application/merge-patch+json', 'application/strategic-merge-patch+json'),
    }),
    fc.record({
      method: fc.constant('PATCH'),
      path: fc.constant(`${collection}/${name}?fieldManager=fuzz&force=true`),
      body: changed,
      type: fc.constant('application/apply-patch+yaml'),
    }),
    fc.record({
      method: fc.constant('PATCH'),
      path: fc.constant(`${collection}/${name}`),
      body: steps,
      type: fc.constant('application/json-patch+json'),
    }),
  );
  return shape.map((each) => ({ ...each, query: {}, accept: 'application/json' }));
});

describe('hostile input', () => {
  it(`is answered with a Status, ${CASES} times`, async () => {
    const blind = fc.record({ method, path, query, body, type, accept });
    const input = fc.oneof({ weight: 3, arbitrary: aimed }, { weight: 1, arbitrary: blind });
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(input, async (each) => {
        const answer = await send(each);
        seen.add(answer.status);
        expect(answer.status, `${each.method} ${each.path}`).toBeGreaterThanOrEqual(200);
        expect([500, 502, 503]).not.toContain(answer.status);
        if (answer.status >= 400 && each.method !== 'HEAD')
          expect(JSON.parse(answer.text)).toMatchObject({ kind: 'Status', code: answer.status });
      }),
      { numRuns: CASES, seed: 20, endOnFailure: true },
    );
    expect(defects).toEqual([]);
    // The cases reach all of these, or they would prove little.
    expect([...seen]).toEqual(expect.arrayContaining([200, 201, 400, 404, 405, 415, 422]));
  }, 60_000);

  it.each([
    'GET / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n',
    '\x16\x03\x01\x00',
    'GET /\r\n\r\n',
    `GET / HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
  ])('is no end of the server when it is not even HTTP (%#)', async (text) => {
    const socket = connect({ port: Number(new URL(cluster.url).port), host: '127.0.0.1', ca: cluster.caPem });
    socket.on('error', () => {});
    socket.resume().end(text);
    await new Promise((resolve) => socket.on('close', resolve));
    expect((await send({ method: 'GET', path: '/readyz' })).text).toBe('ok');
  });

  it('leaves a server that works', async () => {
    const body = JSON.stringify({ metadata: { name: 'alive' }, data: { a: 'b' } });
    expect(
      (
        await send({
          method: 'POST',
          path: '/api/v1/namespaces/default/configmaps',
          body,
          type: 'application/json',
        })
      ).status,
    ).toBe(201);
  });
});

it('cuts off a watch that nobody reads, and keeps the others', async () => {
  const stalled = request(`${cluster.url}/api/v1/namespaces/default/secrets?watch=true`, {
    headers: headers(),
    ca: cluster.caPem,
  });
  const cut = new Promise<void>((resolve) => {
    stalled.on('response', (response) =>
      response
        .pause()
        .on('close', resolve)
        .on('error', () => {}),
    );
    stalled.on('error', () => resolve());
  });
  stalled.end();
  const data = { a: Buffer.alloc(700_000, 'x').toString('base64') };
  for (let index = 0; index < 24; index++) {
    const metadata = { name: `large-${index}` };
    const text = JSON.stringify({ metadata, data });
    expect(
      (
        await send({
          method: 'POST',
          path: '/api/v1/namespaces/default/secrets',
          body: text,
          type: 'application/json',
        })
      ).status,
    ).toBe(201);
  }
  const open = async () =>
    Number(
      /LONGRUNNING|apiserver_longrunning_requests\{verb="WATCH"\} (\d+)/.exec(
        (await send({ method: 'GET', path: '/metrics' })).text,
      )?.[1],
    );
  for (let tries = 0; tries < 200 && (await open()) > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await open()).toBe(0);
  stalled.destroy();
  await cut;
});

interface Input {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly type?: string;
  readonly accept?: string;
}

function headers(): Record<string, string> {
  return { authorization: `Bearer ${cluster.token}` };
}

function send({
  method,
  path,
  query = {},
  body,
  type = '',
  accept = 'application/json',
}: Input): Promise<{ status: number; text: string }> {
  const withBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
  const sent = {
    ...headers(),
    accept,
    ...(withBody ? { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) } : {}),
  };
  return new Promise((resolve, reject) => {
    const call = request(
      `${cluster.url}${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`,
      { method, headers: sent, agent },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    call.on('error', reject);
    call.end(withBody ? body : undefined);
  });
}
