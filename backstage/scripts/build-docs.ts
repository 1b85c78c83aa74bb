import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { rootFolder } from './folders.ts';
import { hashFiles, isStamped, stamp } from './stamp.ts';

const SOURCE = /^(README\.md|adr\/.+\.md|addons\/[^/]+\/README\.md)$/;

/**
 * Builds the handbook for TechDocs with mkdocs: the README, the decisions, and a page for each addon. Where there is no
 * mkdocs, the portal runs without it.
 */
export async function buildDocsIfNeeded(publish: string): Promise<string | undefined> {
  const site = join(publish, 'default', 'component', 'drydock');
  const mark = join(publish, '.drydock-docs');
  const hash = await hashFiles(rootFolder, path => SOURCE.test(path));
  if (await isStamped(mark, hash)) return undefined;
  const mkdocs = await findMkdocs();
  if (mkdocs === undefined)
    return 'left out, for want of mkdocs ("pip install mkdocs-techdocs-core" brings it)';
  const work = await mkdtemp(join(tmpdir(), 'drydock-docs-'));
  try {
    await collect(work);
    await run(mkdocs, ['build', '--quiet', '--config-file', join(work, 'mkdocs.yml'), '--site-dir', site]);
    await writeFile(join(site, 'techdocs_metadata.json'), JSON.stringify(await metadata(site, hash)));
    await stamp(mark, hash);
    return 'built';
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function collect(work: string): Promise<void> {
  const docs = join(work, 'docs');
  await mkdir(join(docs, 'addons'), { recursive: true });
  await cp(join(rootFolder, 'README.md'), join(docs, 'index.md'));
  await cp(join(rootFolder, 'adr'), join(docs, 'adr'), { recursive: true });
  for (const addon of await readdir(join(rootFolder, 'addons'), { withFileTypes: true })) {
    const readme = join(rootFolder, 'addons', addon.name, 'README.md');
    const page = join(docs, 'addons', `${addon.name}.md`);
    if (addon.isDirectory()) await cp(readme, page).catch(() => undefined);
  }
  // no fonts of somebody else's server
  const theme = { name: 'material', font: false };
  const config = { site_name: 'Drydock', plugins: ['techdocs-core'], theme };
  await writeFile(join(work, 'mkdocs.yml'), JSON.stringify(config));
}

/** What TechDocs wants to know of a site that was built elsewhere. */
async function metadata(site: string, etag: string): Promise<object> {
  const files = await readdir(site, { recursive: true });
  return {
    site_name: 'Drydock',
    site_description: 'Handbook, decisions and addons',
    etag,
    build_timestamp: Date.now(),
    files,
  };
}

async function findMkdocs(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = process.env.MKDOCS_BIN
    ? [process.env.MKDOCS_BIN]
    : folders.map(folder => join(folder, 'mkdocs'));
  for (const candidate of candidates) {
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  return undefined;
}

function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      if (code === 0) resolve();
      else reject(new Error(`failed to build the docs:\n${said}`));
    });
  });
}
