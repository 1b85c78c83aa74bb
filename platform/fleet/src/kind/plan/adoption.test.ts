import { synthUnit } from '@drydock/constructs';
import { isJsonObject, type JsonObject, type JsonValue } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { memberOf, testContext } from '../test-fleet.ts';
import { documentsOf } from './bootstrap-units.ts';
import { hasChart, helmInstall } from './helm.ts';

/** What Helm is told, in the words of both engines. */
async function helmed(cluster: string, name: string) {
  const context = await testContext();
  const addon = context.fleet.addons.find((candidate) => candidate.name === name);
  if (addon === undefined || !hasChart(addon)) throw new TypeError(name);
  const member = memberOf(context, cluster);
  const call = helmInstall({ ...context, addon, cluster: member.cluster }).at(-1);
  const option = (flag: string) => call?.args.find((word) => word.startsWith(`--${flag}=`))?.split('=')[1];
  const files = Object.values(synthUnit(context.fleet, addon, member.cluster).files);
  return {
    told: {
      release: call?.args[2],
      version: option('version'),
      namespace: option('namespace'),
      values: parse(call?.stdin ?? '') as JsonValue,
    },
    objects: files.flatMap(documentsOf),
  };
}

function at(object: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, key) => (isJsonObject(value ?? null) ? (value as JsonObject)[key] : undefined),
    object,
  );
}

describe('what Helm has installed', () => {
  it('is taken over by Argo CD with the same release, version, namespace and values', async () => {
    const { told, objects } = await helmed('dev', 'cilium');
    const application = objects.find(({ kind }) => kind === 'Application');
    const sources = at(application, 'spec', 'sources');
    const source = Array.isArray(sources) ? sources[0] : at(application, 'spec', 'source');
    expect({
      release: at(source, 'helm', 'releaseName'),
      version: at(source, 'targetRevision'),
      namespace: at(application, 'spec', 'destination', 'namespace'),
      values: at(source, 'helm', 'valuesObject'),
    }).toEqual(told);
  });

  it('is taken over by Flux with the same release, version, namespace and values', async () => {
    const { told, objects } = await helmed('edge', 'flux');
    const release = objects.find(({ kind }) => kind === 'HelmRelease');
    const source = objects.find(({ kind }) => kind === 'OCIRepository');
    expect({
      release: at(release, 'spec', 'releaseName'),
      version: at(source, 'spec', 'ref', 'tag'),
      namespace: at(release, 'spec', 'targetNamespace'),
      values: at(release, 'spec', 'values'),
    }).toEqual(told);
    expect(at(release, 'spec', 'storageNamespace')).toBe(told.namespace);
  });
});
