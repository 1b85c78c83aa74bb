import { fieldManager, refusalOf, type SyncContext } from './sync-executor.ts';

/**
 * With `CreateNamespace=true`, makes the destination namespace when it does not exist, and gives it the labels and
 * annotations of `managedNamespaceMetadata`. It is not tracked, so it stays when the Application goes. Resolves with the
 * reason when it fails.
 */
export async function createNamespace(context: SyncContext): Promise<Error | undefined> {
  const { cluster, options, spec } = context;
  const name = spec.destination?.namespace ?? '';
  const wanted = spec.syncPolicy?.managedNamespaceMetadata;
  if (!options.createNamespace || name === '') return undefined;
  const ref = { group: '', version: 'v1', kind: 'Namespace', namespace: '', name };
  if (cluster.get(ref) !== undefined && wanted === undefined) return undefined;
  try {
    const type = await cluster.client.findType('v1', 'Namespace');
    if (type === undefined) throw new Error('the cluster does not serve namespaces');
    const refusal = refusalOf(ref, type, context);
    if (refusal !== undefined) throw new Error(refusal);
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...wanted } };
    cluster.observe(await cluster.client.apply(type, namespace, { fieldManager }));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
