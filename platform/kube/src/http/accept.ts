/** What a client wants to get. */
export type Format = 'object' | 'table' | 'metadata' | 'aggregated';

/**
 * Reads an `Accept` header. Protobuf is never sent: clients that ask for it take JSON too.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#alternate-representations-of-resources
 */
export function acceptedFormat(accept: string | undefined): Format {
  for (const part of (accept ?? '').split(',')) {
    const [type = '', ...parameters] = part.split(';').map((each) => each.trim());
    if (!JSON_TYPES.has(type)) continue;
    const as = parameters.find((each) => each.startsWith('as='))?.slice(3);
    const group = parameters.find((each) => each.startsWith('g='))?.slice(2);
    if (as === 'Table') return 'table';
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'metadata';
    if (as === 'APIGroupDiscoveryList' && group === 'apidiscovery.k8s.io' && parameters.includes('v=v2'))
      return 'aggregated';
    if (as === undefined) return 'object';
  }
  return 'object';
}

const JSON_TYPES = new Set(['application/json', '*/*', 'application/*', '']);
