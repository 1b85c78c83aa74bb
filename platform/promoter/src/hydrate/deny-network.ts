import { registerHooks } from 'node:module';

/**
 * Loaded before the code of a Revision: takes the network away from it. Node 24's permission model covers files,
 * processes, threads and addons, not sockets; this closes the doors that JavaScript has to them. Loaded with
 * `--import`, never from other code.
 */
const NETWORK = new Set([
  'dgram',
  'dns',
  'http',
  'http2',
  'https',
  'inspector',
  'net',
  'quic',
  'repl',
  'tls',
]);

registerHooks({
  resolve(specifier, context, nextResolve) {
    refuse(specifier);
    return nextResolve(specifier, context);
  },
});

const getBuiltinModule = process.getBuiltinModule.bind(process);
Object.defineProperty(process, 'getBuiltinModule', {
  value: (specifier: string) => {
    refuse(specifier);
    return getBuiltinModule(specifier);
  },
});

for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
  Reflect.deleteProperty(globalThis, name);

function refuse(specifier: string): void {
  const name = specifier.replace(/^node:/, '').split('/')[0] ?? '';
  if (NETWORK.has(name))
    throw new Error(`"${specifier}" is not available while a revision is hydrated: it has no network`);
}
