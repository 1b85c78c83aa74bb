import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { gitEnvironment } from '@drydock/git';
import type { Authenticator, Identity, Logger } from '@drydock/promoter/access';
import { basicToken } from './basic-token.ts';

export interface GitServerOptions {
  readonly gitDir: string;
  /** Name in the URL: `/<name>.git`. */
  readonly name: string;
  readonly authenticator: Authenticator;
  /** 0 for any. */
  readonly port: number;
  /** Called after a push, whether or not it was accepted. */
  readonly pushed: () => void;
  readonly logger: Logger;
}

export interface GitServer {
  readonly url: string;
  close(): Promise<void>;
}

const SERVICES = ['git-upload-pack', 'git-receive-pack'] as const;
type Service = (typeof SERVICES)[number];

/**
 * Serves one bare repository by git's smart HTTP protocol (gitprotocol-http), on loopback, to people with a token. The
 * protocol itself is spoken by git.
 */
export async function startGitServer(options: GitServerOptions): Promise<GitServer> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      options.logger.error('a git request failed', { error: String(error) });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${options.name}.git`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  options: GitServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const identity = await authenticate(options.authenticator, request);
  if (identity === undefined) {
    response
      .writeHead(401, { 'www-authenticate': 'Basic realm="drydock"' })
      .end('expected a user and a token\n');
    return;
  }
  const prefix = `/${options.name}.git`;
  const service = SERVICES.find((name) => name === url.searchParams.get('service'));
  const posted = SERVICES.find((name) => url.pathname === `${prefix}/${name}`);
  if (request.method === 'GET' && url.pathname === `${prefix}/info/refs` && service !== undefined) {
    await advertise(options, { request, response, service, identity });
  } else if (request.method === 'POST' && posted !== undefined) {
    await exchange(options, { request, response, service: posted, identity });
  } else {
    response.writeHead(404).end('no such repository or service\n');
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly service: Service;
  readonly identity: Identity;
}

async function advertise(options: GitServerOptions, call: Exchange): Promise<void> {
  const { response, service } = call;
  response.writeHead(200, {
    'content-type': `application/x-${service}-advertisement`,
    'cache-control': 'no-cache',
  });
  response.write(`${packetLine(`# service=${service}\n`)}0000`);
  const child = spawnService(options, call, ['--stateless-rpc', '--advertise-refs']);
  child.stdin.end();
  await pipeline(child.stdout, response);
}

async function exchange(options: GitServerOptions, call: Exchange): Promise<void> {
  const { request, response, service } = call;
  response.writeHead(200, { 'content-type': `application/x-${service}-result`, 'cache-control': 'no-cache' });
  const child = spawnService(options, call, ['--stateless-rpc']);
  const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  const sent = pipeline(body, child.stdin).catch(() => {}); // git may answer before it has read everything
  await pipeline(child.stdout, response);
  await sent;
  if (service === 'git-receive-pack') options.pushed();
}

/** The pusher is the committer of the reflog, where the promoter finds who brought a Revision. */
function spawnService(
  { gitDir, logger }: GitServerOptions,
  { request, service, identity }: Exchange,
  args: readonly string[],
) {
  const protocol = request.headers['git-protocol'];
  const env = gitEnvironment({
    GIT_COMMITTER_NAME: identity.name,
    GIT_COMMITTER_EMAIL: `${encodeURIComponent(identity.name)}@users.drydock.internal`,
    DRYDOCK_PUSHER: identity.name,
    ...(typeof protocol === 'string' && /^[\w=:.-]{1,100}$/.test(protocol) && { GIT_PROTOCOL: protocol }),
  });
  const child = spawn('git', [service.slice(4), ...args, gitDir], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stderr.on('data', (chunk) => logger.debug('git', { service, stderr: String(chunk).trim() }));
  child.once('error', (error) => logger.error('git could not be started', { error: String(error) }));
  return child;
}

async function authenticate(
  authenticator: Authenticator,
  request: IncomingMessage,
): Promise<Identity | undefined> {
  const token = basicToken(request.headers.authorization);
  return token === undefined ? undefined : authenticator.authenticate(token);
}

/** A pkt-line of git's protocol: four hex digits of length, then the text. */
function packetLine(text: string): string {
  return (text.length + 4).toString(16).padStart(4, '0') + text;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
