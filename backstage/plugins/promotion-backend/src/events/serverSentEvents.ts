/** One message of a `text/event-stream`. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data: string;
}

/** Reads a stream of the format of https://html.spec.whatwg.org/multipage/server-sent-events.html as it comes in. */
export async function* readServerSentEvents(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parse(block);
      if (event !== undefined) yield event;
    }
  }
}

function parse(block: string): ServerSentEvent | undefined {
  const fields: Record<string, string[]> = {};
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) (fields[name] ??= []).push(value);
  }
  if (fields.data === undefined) return undefined;
  return {
    id: fields.id?.at(-1),
    event: fields.event?.at(-1),
    data: fields.data.join('\n'),
  };
}
