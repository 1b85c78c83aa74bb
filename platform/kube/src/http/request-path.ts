/** What a URL path names. */
export type RequestPath =
  | { readonly kind: 'plain'; readonly path: string }
  | ({ readonly kind: 'resource'; readonly group: string; readonly version: string } & ResourcePath);

/** A collection, an object, or a part of an object. */
export interface ResourcePath {
  readonly namespace: string | undefined;
  readonly plural: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/**
 * Parses `/api/v1/…` and `/apis/<group>/<version>/…`; everything else is plain.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris
 */
export function parsePath(path: string): RequestPath {
  const parts = path.split('/').slice(1).map(decode);
  if (parts.at(-1) === '') parts.pop();
  const [root, ...rest] = parts;
  if (root === 'api' && rest.length >= 2) return resource('', rest[0] ?? '', rest.slice(1), path);
  if (root === 'apis' && rest.length >= 3) return resource(rest[0] ?? '', rest[1] ?? '', rest.slice(2), path);
  return { kind: 'plain', path: `/${parts.join('/')}` };
}

function resource(group: string, version: string, rest: readonly string[], path: string): RequestPath {
  const inNamespace =
    rest[0] === 'namespaces' && rest.length > 2 && !NAMESPACE_SUBRESOURCES.has(rest[2] ?? '');
  const [plural = '', name, ...below] = inNamespace ? rest.slice(2) : rest;
  if (plural === '') return { kind: 'plain', path };
  const namespace = inNamespace ? rest[1] : undefined;
  return {
    kind: 'resource',
    group,
    version,
    namespace,
    plural,
    name,
    subresource: below.length > 0 ? below.join('/') : undefined,
  };
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
