/** One message of a stream of server-sent events. */
export interface ServerEvent {
  readonly id: string;
  readonly data: string;
}

/** Splits a stream of server-sent events (WHATWG HTML, "Server-sent events") into messages; comments are passed over. */
export async function* parseServerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const field = (name: string) =>
        lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim());
      const data = field('data');
      if (data.length > 0) yield { id: field('id')[0] ?? '', data: data.join('\n') };
    }
  }
}
