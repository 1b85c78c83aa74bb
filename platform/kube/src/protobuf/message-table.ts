import { MESSAGE_ROWS } from './message-rows.ts';

/** A field of a message. */
export interface MessageField {
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
  readonly map: boolean;
  /** Its zero value is kept, because it differs from "not set". */
  readonly optional: boolean;
  /** It is left out. */
  readonly skipped: boolean;
}

/** Fields by number. */
export type Message = ReadonlyMap<number, MessageField>;

/** @returns the messages by name; parsed when the first protobuf body comes in. */
export function messageTable(): ReadonlyMap<string, Message> {
  table ??= new Map(MESSAGE_ROWS.trim().split('\n').map(parseRow));
  return table;
}

let table: ReadonlyMap<string, Message> | undefined;

function parseRow(row: string): readonly [string, Message] {
  const [name = '', ...fields] = row.split(' ');
  return [name, new Map(fields.map(parseField))];
}

function parseField(text: string): readonly [number, MessageField] {
  const [, name = '', number, type = 'string', shape, mark] =
    /^(\w+)=(\d+)(?::(\w+))?(\[\]|\{\})?([*~])?$/.exec(text) ?? [];
  const field = {
    name,
    type,
    repeated: shape === '[]',
    map: shape === '{}',
    optional: mark === '*',
    skipped: mark === '~',
  };
  return [Number(number), field];
}
