import { writeSync } from 'node:fs';
import module, { isBuiltin, registerHooks, syncBuiltinESMExports } from 'node:module';
import { Readable, Writable } from 'node:stream';

/**
 * Loaded before the code of a Revision, with `--import`, never from other code: takes away from it what Node 24's
 * permission model leaves open. That covers files, processes, threads and addons; it does not cover sockets, signals to
 * other processes, and files that SQLite opens.
 */

/** Built-in modules that hydration may use. None of them leads to a socket. */
const ALLOWED = new Set([
  'assert',
  'async_hooks',
  'buffer',
  'child_process', // imported by cdk8s; the permission model refuses every use
  'console',
  'constants',
  'crypto',
  'diagnostics_channel',
  'events',
  'fs',
  'module',
  'os',
  'path',
  'perf_hooks',
  'process',
  'punycode',
  'querystring',
  'stream',
  'string_decoder',
  'timers',
  'url',
  'util',
  'vm',
  'zlib',
]);

function refuse(what: string): never {
  throw new Error(`"${what}" is not available while a revision is hydrated`);
}

function check(specifier: string): void {
  const name = specifier.replace(/^node:/, '').split('/')[0] ?? '';
  if (isBuiltin(specifier) && !ALLOWED.has(name)) refuse(specifier);
}

/** Writes to a descriptor; the stream of Node's own would be a socket, from which others could be made. */
function output(descriptor: number): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (let rest = chunk; rest.length > 0; ) rest = rest.subarray(writeSync(descriptor, rest));
      done();
    },
  });
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    check(specifier);
    return nextResolve(specifier, context);
  },
});

const getBuiltinModule = process.getBuiltinModule.bind(process);
const replacements: Readonly<Record<string, unknown>> = {
  stdin: Readable.from([]),
  stdout: output(1),
  stderr: output(2),
  getBuiltinModule(specifier: string) {
    check(specifier);
    return getBuiltinModule(specifier);
  },
};
for (const [name, value] of Object.entries(replacements)) {
  Object.defineProperty(process, name, { value, writable: false, configurable: false });
}
for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd', 'openStdin']) {
  const value = () => refuse(`process.${name}`);
  Object.defineProperty(process, name, { value, writable: false, configurable: false });
}
for (const name of ['register', 'registerHooks']) {
  Object.defineProperty(module, name, { value: () => refuse(`module.${name}`) }); // later hooks would come before ours
}
syncBuiltinESMExports();
for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) {
  Reflect.deleteProperty(globalThis, name);
}
