import { readServerSentEvents } from './serverSentEvents';

async function read(chunks: string[]) {
  async function* body() {
    for (const chunk of chunks) yield new TextEncoder().encode(chunk);
  }
  const events = [];
  for await (const event of readServerSentEvents(body())) events.push(event);
  return events;
}

describe('readServerSentEvents', () => {
  it('reads events wherever the network has cut them', async () => {
    const text = 'id: 1\nevent: verdict\ndata: {"a":\ndata: 1}\n\n: still here\n\nid: 2\r\ndata: x\r\n\r\n';
    const expected = [
      { id: '1', event: 'verdict', data: '{"a":\n1}' },
      { id: '2', event: undefined, data: 'x' },
    ];
    expect(await read([text])).toEqual(expected);
    expect(await read([...text])).toEqual(expected);
  });

  it('leaves out what did not come to its end', async () => {
    expect(await read(['data: half'])).toEqual([]);
  });
});
