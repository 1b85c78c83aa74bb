import protobuf from 'protobufjs/minimal.js';
import type { Fields } from '../model/kube-object.ts';
import { type Message, type MessageField, messageTable } from './message-table.ts';

type Reader = protobuf.Reader;

/** Thrown for a field that has a value and is not in the table: dropping it silently would change what the user asked for. */
export class UnknownField extends Error {
  override readonly name = 'UnknownField';
}

/**
 * Decodes a message into the JSON form of the API. Zero values that mean "not set" are left out.
 * @throws UnknownField, or RangeError for bytes that are no message
 */
export function decodeMessage(name: string, bytes: Uint8Array): Fields {
  const message = messageTable().get(name);
  if (message === undefined) throw new UnknownField(`message ${name}`);
  const reader = protobuf.Reader.create(bytes);
  const result: Fields = {};
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    readField(reader, tag, name, message, result);
  }
  return result;
}

function readField(reader: Reader, tag: number, name: string, message: Message, result: Fields): void {
  const field = message.get(tag >>> 3);
  if (field === undefined) {
    refuseValue(reader, tag, name);
    return;
  }
  if (field.skipped) {
    reader.skipType(tag & 7);
    return;
  }
  if (field.map) addEntry(reader, field, result);
  else addValue(field, readValue(reader, field.type), result);
}

function addValue(field: MessageField, value: unknown, result: Fields): void {
  // An inlined struct has no name of its own in JSON.
  if (field.name === 'ingressRuleValue') Object.assign(result, value);
  else if (field.repeated) result[field.name] = [...((result[field.name] as unknown[]) ?? []), value];
  else if (field.optional || !isZero(value)) result[field.name] = value;
}

function isZero(value: unknown): boolean {
  return value === '' || value === 0 || value === false || value === undefined;
}

function readValue(reader: Reader, type: string): unknown {
  switch (type) {
    case 'string':
      return reader.string();
    case 'int':
      return Number(reader.int64());
    case 'bool':
      return reader.bool();
    case 'bytes':
      return Buffer.from(reader.bytes()).toString('base64');
    case 'Quantity':
      return text(reader.bytes());
    case 'Time':
      return time(reader.bytes());
    case 'IntOrString':
      return intOrString(reader.bytes());
    default:
      return decodeMessage(type, reader.bytes());
  }
}

function addEntry(reader: Reader, field: MessageField, result: Fields): void {
  const entry = protobuf.Reader.create(reader.bytes());
  let key = '';
  let value: unknown = field.type === 'string' || field.type === 'bytes' ? '' : undefined;
  while (entry.pos < entry.len) {
    const tag = entry.uint32();
    if (tag >>> 3 === 1) key = entry.string();
    else if (tag >>> 3 === 2) value = readValue(entry, field.type);
    else entry.skipType(tag & 7);
  }
  const map = (result[field.name] ?? {}) as Fields;
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
  result[field.name] = map;
}

/** `Quantity` is a message of one string. */
function text(bytes: Uint8Array): string {
  const reader = protobuf.Reader.create(bytes);
  let value = '';
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) value = reader.string();
    else reader.skipType(tag & 7);
  }
  return value;
}

function numbers(bytes: Uint8Array): {
  readonly first: number;
  readonly second: number;
  readonly text: string;
} {
  const reader = protobuf.Reader.create(bytes);
  const found = { first: 0, second: 0, text: '' };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) found.first = Number(reader.int64());
    else if (tag >>> 3 === 2) found.second = Number(reader.int64());
    else if (tag >>> 3 === 3) found.text = reader.string();
    else reader.skipType(tag & 7);
  }
  return found;
}

/** Seconds since 1970; a message without any is no time. */
function time(bytes: Uint8Array): string | undefined {
  const { first } = numbers(bytes);
  if (bytes.length === 0 || first <= 0 || first > 253_402_300_799) return undefined;
  return `${new Date(first * 1000).toISOString().slice(0, 19)}Z`;
}

function intOrString(bytes: Uint8Array): number | string | undefined {
  const { first, second, text } = numbers(bytes);
  return first === 1 ? text : second || undefined;
}

function refuseValue(reader: Reader, tag: number, name: string): void {
  const start = reader.pos;
  reader.skipType(tag & 7);
  const value = reader.buf.subarray(start, reader.pos);
  if (value.some((byte) => byte !== 0)) throw new UnknownField(`field ${tag >>> 3} of message ${name}`);
}
