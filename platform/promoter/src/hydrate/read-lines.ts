import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a stream of bytes, as long as together they stay below a limit.
 *
 * @throws RangeError when there is more
 */
export async function* readLines(stream: AsyncIterable<Buffer>, limit: number): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let read = 0;
  let parts: string[] = [];
  for await (const chunk of stream) {
    read += chunk.length;
    if (read > limit) throw new RangeError(`expected at most ${limit} bytes`);
    const [first = '', ...rest] = decoder.write(chunk).split('\n');
    parts.push(first);
    for (const next of rest) {
      yield parts.join('');
      parts = [next];
    }
  }
  const last = parts.join('') + decoder.end();
  if (last !== '') yield last;
}
