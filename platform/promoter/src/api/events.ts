import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { EventLog, NumberedEvent } from '../event-log.ts';

const KEEP_ALIVE = 15_000;

/** Streams what happens as server-sent events, from `Last-Event-ID` (or `?since=`) on. */
export function streamEvents(context: Context, events: EventLog): Response {
  const since = Number(context.req.header('last-event-id') ?? context.req.query('since') ?? 0) || 0;
  return streamSSE(context, async (stream) => {
    const queue: NumberedEvent[] = [...events.since(since)];
    let wake = () => {};
    const end = events.subscribe((event) => {
      queue.push(event);
      wake();
    });
    stream.onAbort(() => {
      end();
      wake();
    });
    while (!stream.aborted) {
      for (const { id, event } of queue.splice(0)) {
        await stream.writeSSE({ id: String(id), event: event.type, data: JSON.stringify(event) });
      }
      if (queue.length > 0) continue;
      const idle = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), KEEP_ALIVE);
        wake = () => {
          clearTimeout(timer);
          resolve(false);
        };
      });
      if (idle && !stream.aborted) await stream.write(': still here\n\n');
    }
    end();
  });
}
