import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.ts';

async function* chunks(...parts: readonly Uint8Array[]) {
  for (const part of parts) yield Buffer.from(part);
}

async function linesOf(stream: AsyncIterable<Buffer>, limit = 1_000): Promise<readonly string[]> {
  return Array.fromAsync(readLines(stream, limit));
}

describe('readLines', () => {
  it('finds the same lines however the bytes are cut, inside of a letter too', async () => {
    const bytes = Buffer.from('é\n\nlast €');
    for (let at = 0; at <= bytes.length; at += 1) {
      const lines = await linesOf(chunks(bytes.subarray(0, at), bytes.subarray(at)));
      expect(lines).toEqual(['é', '', 'last €']);
    }
  });

  it('stops at the limit, also where no line ends', async () => {
    const endless = async function* () {
      for (;;) yield Buffer.alloc(100, 'x');
    };
    await expect(linesOf(endless())).rejects.toThrow(RangeError);
  });
});
