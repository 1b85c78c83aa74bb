/**
 * @param model e.g. `V1PodSpec` or `CoreV1Event`
 * @returns the name of a built-in type in the OpenAPI document, e.g. `io.k8s.v1.PodSpec`; kubectl shows what follows the
 *   last dot
 */
export function modelComponent(model: string): string {
  const [, prefix = '', version = '', name = model] =
    /^([A-Z][a-z]+)?V(\d+(?:(?:alpha|beta)\d+)?)([A-Z]\w*)$/.exec(model) ?? [];
  return ['io', 'k8s', prefix.toLowerCase(), version && `v${version}`, name].filter(Boolean).join('.');
}

/** @returns the name of a custom kind, e.g. `io.argoproj.v1alpha1.Application`. */
export function customComponent(group: string, version: string, kind: string): string {
  return [...group.split('.').reverse(), version, kind].join('.');
}

/** @returns a reference to a component. */
export function reference(component: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${component}` };
}
