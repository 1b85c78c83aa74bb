import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMMANDS } from '@drydock/cli';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the README', () => {
  it('has a reason for every dependency, and for none that is gone', () => {
    const manifests = ['package.json', ...globSync('platform/*/package.json', { cwd: root })];
    const declared = new Set(
      manifests.flatMap(dependenciesOf).filter((name) => !name.startsWith('@drydock/')),
    );
    const table = section('Dependencies')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const explained = table.flatMap((line) => namesIn(line.split('|')[1] ?? ''));
    expect(explained.toSorted()).toEqual([...declared].sort());
  });

  it('names no command that is gone', () => {
    const table = section('Commands')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const named = table.flatMap((line) => namesIn(line.split('|')[1] ?? ''));
    const commands = Object.values(COMMANDS).flatMap((group) => group.map(({ name }) => name));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !commands.includes(name))).toEqual([]);
  });
});

it.each(['README.md', 'CONTRIBUTING.md', 'test/README.md', ...globSync('adr/*.md', { cwd: root })])(
  '%s links to files that are there',
  (file) => {
    const links = [...readFileSync(join(root, file), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
    const broken = links
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(root, dirname(file), target)));
    expect(broken).toEqual([]);
  },
);

it('lists every decision in the index', () => {
  const index = readFileSync(join(root, 'adr/README.md'), 'utf8');
  const records = globSync('adr/[0-9]*.md', { cwd: root }).map((path) => path.slice('adr/'.length));
  expect(records.filter((name) => !index.includes(`](${name})`))).toEqual([]);
});

function section(title: string): string {
  return readme.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
}

function namesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

function dependenciesOf(manifest: string): readonly string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, manifest), 'utf8'));
  return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
}
