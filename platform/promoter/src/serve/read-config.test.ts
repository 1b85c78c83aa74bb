import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { promoterConfigJsonSchema } from './config-schema.ts';
import { readPromoterConfig, readSecret, readTokens } from './read-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const config = (spec: string) => `apiVersion: drydock.dev/v1alpha1\nkind: PromoterConfig\nspec:\n${spec}`;
const LEAST = `  repository: { url: https://git.example.com/fleet.git }
  dataDir: data
  access: { tokensFile: tokens.yaml }
`;

describe('readPromoterConfig', () => {
  it('fills in what is not said, and keeps to loopback', async () => {
    const { config: read, path } = await readPromoterConfig(await write('c.yaml', config(LEAST)));
    expect(read).toMatchObject({
      listen: { host: '127.0.0.1', port: 8080 },
      poll: '30s',
      notifications: [],
    });
    expect(read.lease).toBeUndefined();
    expect([path('data'), path('/data')]).toEqual([join(folder, 'data'), '/data']);
  });

  it('knows where the forges are that everybody knows', async () => {
    const forge = '  forge: { type: github, repository: harbor/fleet, tokenFile: t }\n';
    const { config: read } = await readPromoterConfig(await write('c.yaml', config(LEAST + forge)));
    expect(read.forge?.url).toBe('https://api.github.com');
  });

  it.each([
    ['a password in the address', LEAST.replace('https://', 'https://bot:secret@')],
    [
      'a transport that runs a command',
      LEAST.replace('https://git.example.com/fleet.git', '"ext::sh -c touch% /tmp/x"'),
    ],
    [
      'an option in place of an address',
      LEAST.replace('https://git.example.com/fleet.git', '"--upload-pack=x"'),
    ],
    ['nobody who could call', LEAST.replace('tokensFile: tokens.yaml', '')],
    ['a forge without an address', `${LEAST}  forge: { type: gitea, repository: a/b, tokenFile: t }\n`],
    ['an unknown field', `${LEAST}  leese: {}\n`],
    [
      'two targets of one name',
      `${LEAST}  notifications:
    - { type: slack, name: chat, urlFile: a }
    - { type: slack, name: chat, urlFile: b }
`,
    ],
  ])('refuses %s, and says where', async (_title, spec) => {
    const file = await write('c.yaml', config(spec));
    const error = await readPromoterConfig(file).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: 'InputError', problems: [expect.objectContaining({ file })] });
  });
});

describe('secrets', () => {
  it('are what is in the file, without the line end', async () => {
    expect(await readSecret(await write('s', 'secret\n'))).toBe('secret');
    await expect(readSecret(await write('e', '\n'))).rejects.toThrow('empty file');
    await expect(readSecret(join(folder, 'none'))).rejects.toThrow('ENOENT');
  });

  it('do not appear in what is said about a list of tokens', async () => {
    const file = await write(
      't.yaml',
      '- { name: ada, token: too-short }\n- { name: ben, tokn: a-long-enough-token }\n',
    );
    const error = await readTokens(file).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: 'InputError' });
    expect(JSON.stringify(error)).not.toMatch(/too-short|a-long-enough-token/);
  });
});

it('has a JSON Schema that is current, or "npm run schemas" makes it so', async () => {
  const file = join(import.meta.dirname, '..', '..', 'schemas', 'promoter-config.schema.json');
  expect(await readFile(file, 'utf8')).toBe(promoterConfigJsonSchema());
});
