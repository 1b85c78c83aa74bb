import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runGit } from '@drydock/git';
import type { ServingPromoter } from '@drydock/promoter/serve';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeGitea } from '../../platform/promoter/src/forges/testing/fake-gitea.ts';
import type { RunningForge } from '../../platform/promoter/src/forges/testing/forge-world.ts';
import { TOKEN as FORGE_TOKEN, serveFake } from '../../platform/promoter/src/forges/testing/serve-fake.ts';
import { PATIENCE, type StandingAlone, standAlone } from './standing-alone.ts';

/** A fleet in which already the first environment waits for an approval. */
async function gatedFleet(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'clusters', 'fleet.yaml'), 'utf8');
  return text.replace('- name: dev\n', '- name: dev\n      gates: [{ type: approval }]\n');
}

let world: StandingAlone;
let forge: RunningForge;
let chat: Server;
let said: string[];
let promoter: ServingPromoter;
beforeAll(async () => {
  world = await standAlone({ 'clusters/fleet.yaml': await gatedFleet() });
  forge = await serveFake(fakeGitea);
  forge.world.resolve = branchThere;
  said = [];
  chat = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    said.push(JSON.parse(body).text);
    response.end();
  });
  await new Promise<void>((resolve) => chat.listen(0, '127.0.0.1', resolve));
  await writeFile(join(world.folder, 'forge-token'), FORGE_TOKEN);
  await writeFile(
    join(world.folder, 'chat-url'),
    `http://127.0.0.1:${(chat.address() as AddressInfo).port}/x`,
  );
  promoter = await world.replica(
    'a',
    `  forge: { type: gitea, url: "${forge.url}", repository: harbor/fleet, tokenFile: forge-token, users: { op: operator } }
  notifications: [{ type: slack, name: chat, urlFile: chat-url }]`,
  );
}, 60_000);
afterAll(async () => {
  await promoter.close();
  await forge.close();
  chat.close();
  await world.close();
});

/** Where a branch is over there, as a forge knows it. */
function branchThere(branch: string): string | undefined {
  const args = [`--git-dir=${world.remote}`, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`];
  return spawnSync('git', args, { encoding: 'utf8' }).stdout.trim() || undefined;
}

describe('a promoter with a forge', () => {
  it('moves the branch itself after somebody has approved the pull request', async () => {
    await vi.waitFor(() => expect(forge.world.pulls.length).toBeGreaterThan(0), PATIENCE);
    const [pull] = forge.world.pulls;
    if (pull === undefined) throw new Error('expected a pull request');
    const unit = pull.branch.split('/')[2] ?? '';
    expect(pull.title).toContain(`Promote ${unit}`);
    const record = `env/dev:.drydock/${unit}.json`;
    const read = async () =>
      (await runGit([`--git-dir=${world.remote}`, 'show', record], { accept: [0, 128] })).toString();
    expect(await read()).toBe('');

    forge.world.review(pull.number, 'op', 'approve');
    await vi.waitFor(async () => expect(await read()).toContain('"operator"'), PATIENCE);
    await vi.waitFor(() => expect(pull.state).toBe('closed'), PATIENCE);
    await vi.waitFor(
      () => expect(said).toContainEqual(expect.stringMatching(`^🚢 ${unit} .* approved by operator`)),
      PATIENCE,
    );
    expect(said).toContainEqual(expect.stringMatching(`^✋ ${unit} `));
  }, 60_000);
});
