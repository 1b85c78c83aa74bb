/** The name in an entity ref such as `resource:default/cluster-dev`, or the name itself; without a prefix it may have. */
export function nameOf(ref: string, prefix = ''): string {
  const name = ref.slice(Math.max(ref.lastIndexOf('/'), ref.lastIndexOf(':')) + 1);
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
