import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { kindKubeconfig, kindPaths } from '@drydock/fleet';
import { InputError, suggestion } from '@drydock/model';
import { $, type ProcessPromise } from 'zx';
import { entry, ROOT } from './kind/entry.ts';
import { argocdSession } from './ui/argocd-session.ts';
import { type FoundService, findService } from './ui/find-service.ts';
import { keepForwarding } from './ui/keep-forwarding.ts';
import { postJson } from './ui/post-json.ts';
import { SCREENS, type Screen, type ScreenName } from './ui/screens.ts';
import { startSignedInProxy } from './ui/signed-in-proxy.ts';

/** Port of the forward that the signed-in proxy stands before. */
const BEHIND_PROXY = 18_480;

/** Entry point of `make argocd-ui` and its like: shows a screen of a cluster on this machine until Ctrl-C. */
await entry(async (signal) => {
  const { values, positionals } = parseArgs({
    options: { cluster: { type: 'string' } },
    allowPositionals: true,
  });
  const name = screenName(positionals[0]);
  const screen: Screen = SCREENS[name];
  const cluster = values.cluster ?? process.env.CLUSTER ?? (name === 'argocd' ? 'hub' : 'dev');
  const kubectl = (...args: readonly string[]) =>
    $({
      quiet: true,
      signal,
    })`kubectl ${[`--kubeconfig=${kindKubeconfig(kindPaths(ROOT), cluster)}`, ...args]}`;
  const { stdout } = await kubectl(
    'get',
    'services',
    '--all-namespaces',
    `--selector=${screen.selector}`,
    '--output=json',
  );
  const service = findService(stdout, screen, cluster);
  const isArgocd = name === 'argocd';
  const forwarded = isArgocd ? BEHIND_PROXY : screen.local;
  const forwarding = keepForwarding(async () => void (await forward(kubectl, service, forwarded)), {
    signal,
    sleep: async (milliseconds) => void (await sleep(milliseconds, undefined, { signal }).catch(() => {})),
    now: () => performance.now(),
    lost: (milliseconds) => void process.stderr.write(`connection lost, again in ${milliseconds} ms\n`),
  });
  const url = isArgocd ? await showArgocd(kubectl, service, forwarded) : `http://127.0.0.1:${screen.local}`;
  process.stdout.write(`${screen.title} of ${cluster}: ${url} (Ctrl-C ends it)\n`);
  await forwarding;
  process.exit(0);
});

type Kubectl = (...args: readonly string[]) => ProcessPromise;

function forward(kubectl: Kubectl, { name, namespace, port }: FoundService, local: number) {
  return kubectl(
    'port-forward',
    '--address=127.0.0.1',
    `--namespace=${namespace}`,
    `service/${name}`,
    `${local}:${port}`,
  ).nothrow();
}

/** Argo CD wants to know who comes: the local admin does. */
async function showArgocd(kubectl: Kubectl, { namespace }: FoundService, forwarded: number): Promise<URL> {
  const place = [`--namespace=${namespace}`, '--output=jsonpath={.data.password}'];
  const { stdout } = await kubectl('get', 'secret/argocd-initial-admin-secret', ...place);
  const password = Buffer.from(stdout.trim(), 'base64').toString('utf8');
  const target = new URL(`https://127.0.0.1:${forwarded}`);
  const signIn = () => argocdSession(postJson, target, password);
  await untilListening(forwarded);
  return (await startSignedInProxy({ port: SCREENS.argocd.local, target, signIn })).url;
}

/** The forward takes a moment. */
async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 40 && !(await isListening(port)); tries += 1) await sleep(250);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** @throws InputError for a screen that is not known */
function screenName(given = ''): ScreenName {
  const names = Object.keys(SCREENS) as ScreenName[];
  const name = names.find((candidate) => candidate === given);
  if (name !== undefined) return name;
  throw new InputError(
    `expected one of ${names.join(', ')}, got "${given}" ${suggestion(given, names) ?? ''}`.trim(),
  );
}
