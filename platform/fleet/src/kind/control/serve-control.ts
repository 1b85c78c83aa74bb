import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { SupervisorStatus } from '../../embedded/control.ts';
import type { Listening } from './tcp-forward.ts';

export interface ControlServerOptions {
  readonly port: number;
  /** Who has it may ask and stop; it lies in a file that only its owner can read. */
  readonly token: string;
  readonly status: () => SupervisorStatus;
  readonly stop: () => Promise<void>;
}

/** Answers `GET /status` and `POST /stop` on loopback. */
export function serveControl({ port, token, status, stop }: ControlServerOptions): Promise<Listening> {
  const expected = Buffer.from(`Bearer ${token}`);
  const server = createServer((request, response) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
    } else if (request.method === 'GET' && request.url === '/status') {
      response.end(JSON.stringify(status()));
    } else if (request.method === 'POST' && request.url === '/stop') {
      response.end('{}', () => void stop());
    } else {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const closed = () => new Promise<void>((done) => void server.close(() => done()));
      const address = server.address();
      resolve({ port: typeof address === 'object' ? (address?.port ?? port) : port, close: closed });
    });
  });
}
