import protobuf from 'protobufjs/minimal.js';
import type { Fields } from '../model/kube-object.ts';
import { badRequest, StatusError } from '../model/status-error.ts';
import { decodeMessage, UnknownField } from './decode-message.ts';
import { messageTable } from './message-table.ts';

/** The content type of protobuf bodies. */
export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

/**
 * Decodes a protobuf body: four magic bytes and a `runtime.Unknown` that names the kind.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding-idl
 * @throws StatusError 400 for bytes that are none, 415 for kinds and fields that are understood in JSON only
 */
export function decodeEnvelope(body: Buffer): Fields {
  if (!body.subarray(0, 4).equals(MAGIC))
    throw badRequest('the body is no Kubernetes protobuf: its first bytes are wrong');
  try {
    const { apiVersion, kind, raw } = readUnknown(body.subarray(4));
    const versioned = `${apiVersion}.${kind}`;
    return { apiVersion, kind, ...decodeMessage(messageTable().has(versioned) ? versioned : kind, raw) };
  } catch (error) {
    if (error instanceof UnknownField) throw notUnderstood(error.message);
    if (error instanceof StatusError) throw error;
    throw badRequest('the protobuf body is damaged');
  }
}

function readUnknown(bytes: Uint8Array): { apiVersion: string; kind: string; raw: Uint8Array } {
  const reader = protobuf.Reader.create(bytes);
  let type = { apiVersion: '', kind: '' };
  let raw: Uint8Array = new Uint8Array();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) type = readType(reader.bytes());
    else if (tag >>> 3 === 2) raw = reader.bytes();
    else reader.skipType(tag & 7);
  }
  return { ...type, raw };
}

function readType(bytes: Uint8Array): { apiVersion: string; kind: string } {
  const reader = protobuf.Reader.create(bytes);
  const type = { apiVersion: '', kind: '' };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) type.apiVersion = reader.string();
    else if (tag >>> 3 === 2) type.kind = reader.string();
    else reader.skipType(tag & 7);
  }
  return type;
}

function notUnderstood(what: string): StatusError {
  const message = `${what} is not understood in protobuf here; send the object as application/json`;
  return new StatusError(415, 'UnsupportedMediaType', message);
}
