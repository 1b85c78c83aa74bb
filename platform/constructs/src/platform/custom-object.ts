import type { JsonObject } from '@drydock/model';
import { ApiObject, type Construct } from '../cdk8s.ts';

/** Metadata of an object that somebody's CustomResourceDefinition defines. */
export interface CustomMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An object of a custom kind; its id in the scope is made from kind and name. */
export function customObject(
  scope: Construct,
  type: `${string}/${string} ${string}`,
  metadata: CustomMetadata,
  content: JsonObject,
): void {
  const [apiVersion = '', kind = ''] = type.split(' ');
  new ApiObject(scope, `${kind}-${metadata.namespace ?? ''}-${metadata.name}`, {
    apiVersion,
    kind,
    metadata: { ...metadata, labels: { ...metadata.labels }, annotations: { ...metadata.annotations } },
    ...content,
  });
}
