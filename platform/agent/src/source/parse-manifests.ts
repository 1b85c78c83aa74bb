import { InputError } from '@drydock/model';
import { parseAllDocuments } from 'yaml';
import { isRecord, type KubeObject, stringAt } from '../cluster/kube-object.ts';

/** The most that one manifest file may hold, in characters. */
export const manifestSizeLimit = 10 * 1024 * 1024;

/**
 * The objects of one YAML or JSON file: several documents, and lists taken apart. Scalars follow YAML 1.1, as
 * Kubernetes' own reader does (`0644` is octal, `yes` is true), without its dates and base-60 numbers.
 *
 * @throws InputError naming the file when it is not YAML or a document is not a Kubernetes object
 */
export function parseManifests(file: string, text: string): readonly KubeObject[] {
  if (text.length > manifestSizeLimit) throw new InputError(`${file} is larger than ${manifestSizeLimit}`);
  const documents = parseAllDocuments(text, {
    version: '1.1',
    merge: true,
    customTags: (tags) =>
      tags.filter(
        (tag) => typeof tag === 'string' || !(tag.tag.endsWith(':timestamp') || formatOf(tag) === 'TIME'),
      ),
  });
  const objects: KubeObject[] = [];
  for (const document of documents) {
    const problem = document.errors[0];
    if (problem !== undefined) throw new InputError(`Failed to unmarshal "${file}": ${problem.message}`);
    collect(file, document.toJS({ maxAliasCount: 100 }), objects);
  }
  return objects;
}

function formatOf(tag: object): unknown {
  return 'format' in tag ? tag.format : undefined;
}

function collect(file: string, value: unknown, into: KubeObject[]): void {
  if (value === null || value === undefined) return;
  const kind = stringAt(value, 'kind');
  if (!isRecord(value) || kind === '' || stringAt(value, 'apiVersion') === '') {
    throw new InputError(`Failed to unmarshal "${file}": expected an object with apiVersion and kind`);
  }
  if (kind.endsWith('List') && Array.isArray(value.items)) {
    for (const item of value.items) collect(file, item, into);
    return;
  }
  const hasName = stringAt(value, 'metadata', 'name') + stringAt(value, 'metadata', 'generateName') !== '';
  if (!hasName) throw new InputError(`Failed to unmarshal "${file}": ${kind} has no metadata.name`);
  const metadata = { name: '', ...(value.metadata as object) };
  into.push({ ...value, metadata } as unknown as KubeObject);
}
