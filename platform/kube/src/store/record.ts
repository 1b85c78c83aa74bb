import { crc32 } from 'node:zlib';
import type { KubeObject } from '../model/kube-object.ts';

/** One line of the log: an object that was written or deleted at a revision, or the head of a snapshot. */
export type LogRecord =
  | {
      readonly op: 'put' | 'delete';
      readonly revision: number;
      readonly resource: string;
      readonly json: string;
    }
  | { readonly op: 'head'; readonly revision: number };

/** @returns the line of a record: checksum, operation, revision, resource, object. */
export function encodeRecord(record: LogRecord): Buffer {
  const body =
    record.op === 'head'
      ? `head ${record.revision}`
      : `${record.op} ${record.revision} ${record.resource} ${record.json}`;
  // Encoded once: the first nine bytes wait for the checksum of the rest.
  const line = Buffer.from(`         ${body}\n`);
  line.write(checksum(line.subarray(9, -1)), 'latin1');
  return line;
}

/** @returns the record of a line (without its line feed), or undefined when it is damaged. */
export function decodeRecord(line: string): LogRecord | undefined {
  const body = line.slice(9);
  if (line[8] !== ' ' || checksum(body) !== line.slice(0, 8)) return undefined;
  const [op = '', revision = '', resource = ''] = body.split(' ', 3);
  if (op === 'head') return { op, revision: Number(revision) };
  if (op !== 'put' && op !== 'delete') return undefined;
  const start = op.length + revision.length + resource.length + 3;
  return { op, revision: Number(revision), resource, json: body.slice(start) };
}

/** @returns the object of a record. */
export function parseObject(json: string): KubeObject {
  return JSON.parse(json) as KubeObject;
}

function checksum(body: string | Uint8Array): string {
  return crc32(body).toString(16).padStart(8, '0');
}
