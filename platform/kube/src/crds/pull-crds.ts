import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { fieldsAt, isFields, stringAt } from '../model/kube-object.ts';

/** Where definitions come from: a file of YAML documents of which only CustomResourceDefinitions are taken. */
export interface CrdSource {
  /** Named in messages, e.g. `argo-cd`. */
  readonly name: string;
  readonly url: string;
}

/** What is needed to pull definitions. */
export interface PullOptions {
  readonly sources?: readonly CrdSource[];
  /** Folder that gets one file per definition; `readCrds` reads it at the next start. */
  readonly folder: string;
  /** @returns the text behind a URL. @throws for anything but success. @default the network */
  readonly fetchText?: (url: string) => Promise<string>;
}

/** What came of a pull. */
export interface Pulled {
  /** Names of the definitions that were written. */
  readonly written: readonly string[];
  /** Sources that gave none, and why. */
  readonly failed: readonly { readonly source: string; readonly reason: string }[];
}

const CILIUM = 'v1.20.0/pkg/k8s/apis/cilium.io/client/crds/v2';
const ROLLOUTS = 'v1.9.1/manifests/crds';
const ARGO = 'v3.5.1/manifests/crds';

/** The definitions of the projects whose outlines are built in, pinned to releases of late 2026. */
export const CRD_SOURCES: readonly CrdSource[] = [
  raw('argo-cd: Application', 'argoproj/argo-cd', `${ARGO}/application-crd.yaml`),
  raw('argo-cd: AppProject', 'argoproj/argo-cd', `${ARGO}/appproject-crd.yaml`),
  raw('argo-cd: ApplicationSet', 'argoproj/argo-cd', `${ARGO}/applicationset-crd.yaml`),
  raw('argo-rollouts', 'argoproj/argo-rollouts', `${ROLLOUTS}/rollout-crd.yaml`),
  release('flux sources', 'fluxcd/source-controller', 'v1.9.1/source-controller.crds.yaml'),
  release('flux kustomize', 'fluxcd/kustomize-controller', 'v1.9.4/kustomize-controller.crds.yaml'),
  release('flux helm', 'fluxcd/helm-controller', 'v1.6.3/helm-controller.crds.yaml'),
  release('flux notification', 'fluxcd/notification-controller', 'v1.9.3/notification-controller.crds.yaml'),
  raw('flagger', 'fluxcd/flagger', 'v1.44.0/artifacts/flagger/crd.yaml'),
  release('gateway-api', 'kubernetes-sigs/gateway-api', 'v1.6.1/standard-install.yaml'),
  release('kyverno', 'kyverno/kyverno', 'v1.19.0/install.yaml'),
  release('cert-manager', 'cert-manager/cert-manager', 'v1.21.1/cert-manager.crds.yaml'),
  raw('external-secrets', 'external-secrets/external-secrets', 'v2.9.0/deploy/crds/bundle.yaml'),
  release('cloudnative-pg', 'cloudnative-pg/cloudnative-pg', 'v1.30.0/cnpg-1.30.0.yaml'),
  release('keda', 'kedacore/keda', 'v2.20.2/keda-2.20.2-crds.yaml'),
  raw('cilium: policies', 'cilium/cilium', `${CILIUM}/ciliumnetworkpolicies.yaml`),
  raw('cilium: clusterwide policies', 'cilium/cilium', `${CILIUM}/ciliumclusterwidenetworkpolicies.yaml`),
];

/** Fetches definitions into a folder. One source that fails does not keep the others. */
export async function pullCrds(options: PullOptions): Promise<Pulled> {
  const { sources = CRD_SOURCES, folder, fetchText = fetchFromNetwork } = options;
  mkdirSync(folder, { recursive: true });
  const written: string[] = [];
  const failed: { source: string; reason: string }[] = [];
  for (const { name, url } of sources) {
    try {
      const definitions = definitionsIn(await fetchText(url));
      if (definitions.length === 0) throw new Error(`no CustomResourceDefinition in ${url}`);
      for (const definition of definitions) written.push(writeDefinition(folder, definition));
    } catch (error) {
      failed.push({ source: name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { written, failed };
}

/**
 * @returns the definitions of a folder, for `ClusterOptions.crds`; none when there is no such folder
 * @throws Error naming the file that cannot be read
 */
export function readCrds(folder: string): readonly object[] {
  return filesOf(folder).flatMap((file) => {
    try {
      return definitionsIn(readFileSync(join(folder, file), 'utf8'));
    } catch (cause) {
      throw new Error(`failed to read definition "${join(folder, file)}"`, { cause });
    }
  });
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .sort();
  } catch {
    return [];
  }
}

function definitionsIn(text: string): readonly object[] {
  return parseAllDocuments(text, { maxAliasCount: 50 } as object).flatMap((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    const value: unknown = document.toJS({ maxAliasCount: 50 });
    return isFields(value) && value.kind === 'CustomResourceDefinition' ? [value] : [];
  });
}

/** The file is named by the definition, whose name is checked: it comes from the network. */
function writeDefinition(folder: string, definition: object): string {
  const name = stringAt(definition, 'metadata', 'name') ?? '';
  if (!/^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(name))
    throw new Error(`illegal name ${JSON.stringify(name)} of a definition`);
  const { apiVersion, kind, spec } = definition as Record<string, unknown>;
  const kept = {
    apiVersion,
    kind,
    metadata: { name, annotations: fieldsAt(definition, 'metadata').annotations },
    spec,
  };
  const path = join(folder, `${name}.yaml`);
  writeFileSync(`${path}.next`, stringify(kept));
  renameSync(`${path}.next`, path);
  return name;
}

async function fetchFromNetwork(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

function raw(name: string, repository: string, path: string): CrdSource {
  return { name, url: `https://raw.githubusercontent.com/${repository}/${path}` };
}

function release(name: string, repository: string, path: string): CrdSource {
  return { name, url: `https://github.com/${repository}/releases/download/${path}` };
}
