import { fieldAt, listAt, stringAt } from '../cluster/kube-object.ts';
import type { ComparedResource } from './compared-resource.ts';

const podSpecs: readonly (readonly string[])[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];

/** The container images of the live objects, sorted, each once. */
export function imagesOf(resources: readonly ComparedResource[]): readonly string[] | undefined {
  const images = new Set<string>();
  for (const { live } of resources) {
    for (const path of podSpecs) {
      const spec = fieldAt(live, ...path);
      for (const container of [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')]) {
        images.add(stringAt(container, 'image'));
      }
    }
  }
  images.delete('');
  return images.size === 0 ? undefined : [...images].sort();
}
