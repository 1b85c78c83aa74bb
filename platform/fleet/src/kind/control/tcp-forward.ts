import { createConnection, createServer, type Server, type Socket } from 'node:net';

export interface TcpForwardOptions {
  /** Where to listen. */
  readonly address: string;
  readonly port: number;
  /** Port on loopback to forward to. */
  readonly target: number;
}

/** Something that listens until it is closed. */
export interface Listening {
  /** The port, also where any was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Lets one address of this machine reach a port that listens on loopback only. Used for the gateway of the docker
 * network, so that containers reach the git server, which asks for a token.
 */
export function forwardTcp({ address, port, target }: TcpForwardOptions): Promise<Listening> {
  const open = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = createConnection({ port: target, host: '127.0.0.1' });
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      socket.once('error', () => other.destroy());
      socket.pipe(other);
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => resolve({ port: portOf(server), close: () => close(server, open) }));
  });
}

function close(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
