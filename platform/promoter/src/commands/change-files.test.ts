import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, FILE_MODE, openRepository, type Repository } from '@drydock/git';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChangeFiles, changeFiles, isDataPath } from './change-files.ts';

const head = (kind: string, name: string) =>
  `apiVersion: drydock.dev/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
const application = (name: string, image = 'ghcr.io/team/app:1.0.0') =>
  `${head('Application', name)}spec:\n  image: ${image}\n  port: 8080\n`;
const FILES = {
  'clusters/fleet.yaml': `${head('Fleet', 'harbor')}spec:
  environments:
    - name: dev
  access:
    - { user: admin, role: admin }
    - { user: ada, role: deployer, teams: [payments] }
    - { user: vera, role: viewer }
`,
  'clusters/dev/cluster.yaml': `${head('Cluster', 'dev')}spec:
  id: 1
  environment: dev
  network: { podSubnet: 10.1.0.0/16, serviceSubnet: 10.101.0.0/16 }
`,
  'clusters/hub/cluster.yaml': `${head('Cluster', 'hub')}spec:
  id: 2
  role: hub
  environment: dev
  network: { podSubnet: 10.2.0.0/16, serviceSubnet: 10.102.0.0/16 }
`,
  'workloads/payments/team.yaml': `${head('Team', 'payments')}spec: {}\n`,
  'workloads/payments/checkout/application.yaml': application('checkout'),
};

let folder: string;
let repository: Repository;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-change-'));
  await createRepository(folder);
  repository = await openRepository(folder);
  const edits = Object.entries(FILES).map(
    ([path, text]) => [path, { mode: FILE_MODE, oid: repository.writeBlob(text) }] as const,
  );
  const signature = { name: 'test', email: 'test@example.com', at: 0 };
  const tree = await repository.editTree(undefined, new Map(edits));
  const to = repository.writeCommit({
    tree,
    parents: [],
    author: signature,
    committer: signature,
    message: 'first\n',
  });
  await repository.commitRefs([{ ref: 'refs/heads/main', from: undefined, to }], { reason: 'first' });
});

afterEach(async () => {
  await repository.close();
  await rm(folder, { recursive: true });
});

const main = () => repository.resolve('refs/heads/main');

function change(path: string, content: string | null, over: Partial<ChangeFiles> = {}) {
  return changeFiles(repository, {
    by: { name: 'ada', groups: [] },
    now: 0,
    message: 'Add an application',
    files: [{ path, content, mustBeNew: false }],
    dryRun: false,
    ...over,
  });
}

const CART = 'workloads/payments/cart/application.yaml';

describe('changeFiles', () => {
  it('commits to main in the name of the user', async () => {
    const { branch, revision = '' } = await change(CART, application('cart'));
    expect(branch).toBe('main');
    expect(await main()).toBe(revision);
    expect((await repository.readCommit(revision)).author.name).toBe('ada');
    expect(String(await repository.readFile(`${revision}:${CART}`))).toContain('name: cart');
  });

  it('shows what it would change, and changes nothing, in a dry run', async () => {
    const before = await main();
    const { patch, revision } = await change(CART, application('cart'), { dryRun: true });
    expect(patch).toContain('+  name: cart');
    expect(revision).toBeUndefined();
    expect(await main()).toBe(before);
  });

  it('commits to a new branch for a review, and leaves main alone', async () => {
    const before = await main();
    const { revision } = await change(CART, application('cart'), { branch: 'drydock/add-cart' });
    expect(await repository.resolve('refs/heads/drydock/add-cart')).toBe(revision);
    expect(await main()).toBe(before);
    await expect(change(CART, application('cart'), { branch: 'drydock/add-cart' })).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('refuses what would not validate, with every problem', async () => {
    const before = await main();
    await expect(change(CART, application('basket', 'no tag'))).rejects.toMatchObject({
      name: 'InputError',
      problems: expect.arrayContaining([expect.objectContaining({ file: CART })]),
    });
    expect(await main()).toBe(before);
  });

  it('refuses the folder of another team, and everything to a viewer', async () => {
    const cluster = 'clusters/dev/cluster.yaml';
    await expect(change(cluster, null)).rejects.toMatchObject({ name: 'ForbiddenError' });
    await expect(
      change(CART, application('cart'), { by: { name: 'vera', groups: [] } }),
    ).rejects.toMatchObject({ name: 'ForbiddenError' });
  });

  it('does not replace a file that has to be new', async () => {
    const path = 'workloads/payments/checkout/application.yaml';
    const files = [{ path, content: application('checkout', 'a:2'), mustBeNew: true }];
    await expect(change(path, null, { files })).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('does not overwrite what has changed since it was read', async () => {
    const path = 'workloads/payments/checkout/application.yaml';
    const base = await main();
    await change(path, application('checkout', 'ghcr.io/team/app:2.0.0'));
    await expect(
      change(path, application('checkout', 'ghcr.io/team/app:3.0.0'), { base }),
    ).rejects.toMatchObject({ name: 'ConflictError', message: `${path} has changed in the meantime` });
  });

  it('keeps both of two changes that are made at once', async () => {
    const paths = [CART, 'workloads/payments/stock/application.yaml'];
    await Promise.all([change(CART, application('cart')), change(paths[1] ?? '', application('stock'))]);
    const found = await Promise.all(
      paths.map(async (path) => repository.readFile(`${await main()}:${path}`)),
    );
    expect(found.every((content) => content !== undefined)).toBe(true);
  });
});

describe('isDataPath', () => {
  it.each(['clusters/fleet.yaml', 'addons/cilium/values.yaml', 'workloads/a/README.md'])('takes %s', (path) =>
    expect(isDataPath(path)).toBe(true),
  );

  it.each([
    'platform/model/src/name.ts',
    'addons/cilium/addon.ts',
    'clusters/../platform/x.yaml',
    'workloads//x.yaml',
    '.github/workflows/x.yaml',
    'workloads/.git/config',
    'package.json',
  ])('refuses %s', (path) => expect(isDataPath(path)).toBe(false));
});
