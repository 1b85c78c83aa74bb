import { expect, it } from 'vitest';
import { parseServerEvents } from './server-events.ts';

it('reads messages that arrive in pieces, and passes over comments', async () => {
  const pieces = [
    'id: 1\neve',
    'nt: x\ndata: {"a":',
    '1}\n\n: still here\n\nid: 2\ndata: y\n\nid: 3\ndata: cut',
  ];
  const body = ReadableStream.from(pieces).pipeThrough(new TextEncoderStream());
  const seen = await Array.fromAsync(parseServerEvents(body));
  expect(seen).toEqual([
    { id: '1', data: '{"a":1}' },
    { id: '2', data: 'y' },
  ]);
});
