import { randomBytes } from 'node:crypto';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface SignedInProxyOptions {
  /** Port of this machine; 0 takes any. */
  readonly port: number;
  /** Where the screen is, through a port-forward. */
  readonly target: URL;
  /** Signs in. @returns a bearer token */
  readonly signIn: () => Promise<string>;
}

/** A proxy that runs, and where to open it. */
export interface SignedInProxy {
  readonly server: Server;
  /** Holds the key: who has it is signed in. */
  readonly url: URL;
}

const COOKIE = 'drydock-screen';

/**
 * Shows a screen to one browser of this machine as somebody who is signed in. The browser proves by a cookie that it was
 * opened with the key that was printed: other people on this machine do not have it, and other sites cannot make the browser
 * send it (SameSite). Only requests to loopback by its own name are answered (DNS rebinding).
 */
export async function startSignedInProxy({
  port,
  target,
  signIn,
}: SignedInProxyOptions): Promise<SignedInProxy> {
  const key = randomBytes(24).toString('base64url');
  let token = await signIn();
  const renew = async () => {
    token = await signIn();
  };
  const server = createServer((incoming, outgoing) => {
    if (!isOwnHost(incoming.headers.host, server)) {
      outgoing.writeHead(421).end('this is for 127.0.0.1 only\n');
    } else if (incoming.url === `/?key=${key}`) {
      const cookie = `${COOKIE}=${key}; HttpOnly; SameSite=Strict; Path=/`;
      outgoing.writeHead(303, { location: '/', 'set-cookie': cookie }).end();
    } else if (!cookiesOf(incoming).includes(`${COOKIE}=${key}`)) {
      outgoing.writeHead(403).end('open the address that was printed\n');
    } else {
      pass({ incoming, outgoing, target, token, expired: renew });
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ server, url: urlOf(server, key) }));
  });
}

interface Passing {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly target: URL;
  readonly token: string;
  readonly expired: () => Promise<unknown>;
}

function pass({ incoming, outgoing, target, token, expired }: Passing): void {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { ...incoming.headers, host: target.host, authorization: `Bearer ${token}` };
  const url = new URL(incoming.url ?? '/', target);
  // The certificate is the server's own; who is at the other end was decided by the port-forward.
  const upstream = send(url, { method: incoming.method, headers, rejectUnauthorized: false }, (answer) => {
    if (answer.statusCode === 401) void expired().catch(() => {});
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.once('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end('it does not answer now; the connection is being made again\n');
  });
  outgoing.once('close', () => upstream.destroy());
  incoming.pipe(upstream);
}

function isOwnHost(host: string | undefined, server: Server): boolean {
  const { port } = urlOf(server, '');
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

function cookiesOf({ headers }: IncomingMessage): readonly string[] {
  return (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
}

function urlOf(server: Server, key: string): URL {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return new URL(`http://127.0.0.1:${port}/?key=${key}`);
}
