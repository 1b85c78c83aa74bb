import protobuf from 'protobufjs/minimal.js';
import { expect, it } from 'vitest';
import { decodeEnvelope } from './decode-envelope.ts';

/** A length-delimited field. */
function field(number: number, value: string | Uint8Array): Uint8Array {
  const writer = protobuf.Writer.create().uint32((number << 3) | 2);
  return (typeof value === 'string' ? writer.string(value) : writer.bytes(value)).finish();
}

function varint(number: number, value: number): Uint8Array {
  return protobuf.Writer.create()
    .uint32(number << 3)
    .int64(value)
    .finish();
}

function envelope(apiVersion: string, kind: string, ...raw: Uint8Array[]): Buffer {
  const type = Buffer.concat([field(1, apiVersion), field(2, kind)]);
  return Buffer.concat([Buffer.from('k8s\0'), field(1, type), field(2, Buffer.concat(raw))]);
}

const metadata = field(
  1,
  Buffer.concat([
    field(1, 'web'),
    field(3, ''),
    field(11, Buffer.concat([field(1, 'app'), field(2, 'x')])),
    varint(7, 0),
  ]),
);

it('decodes an object, without the zero values that mean nothing', () => {
  const spec = field(2, Buffer.concat([varint(1, 0), varint(5, 0)]));
  expect(decodeEnvelope(envelope('apps/v1', 'Deployment', metadata, spec))).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'x' } },
    spec: { replicas: 0 },
  });
});

it('decodes bytes to base64, and times and quantities to text', () => {
  const data = field(2, Buffer.concat([field(1, 'key'), field(2, Buffer.from([0, 255]))]));
  const created = field(1, Buffer.concat([field(1, 's'), field(8, varint(1, 1_700_000_000))]));
  expect(decodeEnvelope(envelope('v1', 'Secret', created, data))).toMatchObject({
    metadata: { creationTimestamp: '2023-11-14T22:13:20Z' },
    data: { key: 'AP8=' },
  });
  const hard = field(2, field(1, Buffer.concat([field(1, 'cpu'), field(2, field(1, '500m'))])));
  expect(decodeEnvelope(envelope('v1', 'ResourceQuota', hard))).toMatchObject({
    spec: { hard: { cpu: '500m' } },
  });
});

it('refuses what it would have to drop', () => {
  expect(() => decodeEnvelope(envelope('v1', 'Node', metadata))).toThrow(
    expect.objectContaining({ code: 415 }),
  );
  const affinity = field(2, field(18, field(1, 'x')));
  expect(() => decodeEnvelope(envelope('v1', 'Pod', metadata, affinity))).toThrow(
    'field 18 of message PodSpec',
  );
  expect(() => decodeEnvelope(envelope('v1', 'Pod', metadata, field(2, field(18, ''))))).not.toThrow();
});

it.each([
  Buffer.from('{}'),
  Buffer.from('k8s\0\xff\xff', 'latin1'),
  Buffer.concat([Buffer.from('k8s\0'), field(2, 'x').subarray(0, 2)]),
])('says 400 to damaged bytes (%#)', (bytes) => {
  expect(() => decodeEnvelope(bytes)).toThrow(expect.objectContaining({ code: expect.any(Number) }));
});
