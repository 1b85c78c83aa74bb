import { expect, it } from 'vitest';
import { acceptedFormat } from './accept.ts';

it.each([
  [undefined, 'object'],
  ['*/*', 'object'],
  ['application/vnd.kubernetes.protobuf', 'object'],
  ['application/json;as=Table;v=v1;g=meta.k8s.io,application/json', 'table'],
  ['application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1', 'metadata'],
  ['application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json', 'aggregated'],
  ['application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json', 'object'],
  [
    'application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
    'metadata',
  ],
])('%s asks for: %s', (accept, format) => {
  expect(acceptedFormat(accept)).toBe(format);
});
