import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Timeline, type TimelineStep } from '../../scripts/demo/timeline.ts';
import { portalFolder } from '../scripts/folders.ts';
import { Stage } from './stage.ts';
import { tellStory } from './story.ts';

/**
 * Entry point of `make e2e`: the story of one application in a real browser, against a fleet of its own. With
 * `--pictures` the pictures of the documentation are taken again.
 */
const { values } = parseArgs({ options: { pictures: { type: 'boolean', default: false } } });
const pictures = values.pictures ? join(portalFolder, 'docs', 'images') : undefined;
const results = join(portalFolder, 'e2e', 'results');

const show = ({ step, seen, milliseconds }: TimelineStep) =>
  void process.stdout.write(`✓ ${`${(milliseconds / 1000).toFixed(1)} s`.padStart(7)}  ${step}: ${seen}\n`);

await mkdir(results, { recursive: true });
const timeline = new Timeline(show);
const started = performance.now();
const stage = await Stage.build({ pictures, results, progress: line => process.stdout.write(`${line}\n`) });
try {
  await tellStory(stage, timeline);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`\n${timeline.steps.length} steps were seen in a browser, in ${seconds} s.\n`);
} catch (error) {
  process.stderr.write(`✗ after "${timeline.steps.at(-1)?.step}": ${String(error)}\n`);
  process.stderr.write(`  what the browsers showed is in ${await stage.keepEvidence()}\n`);
  process.exitCode = 1;
} finally {
  await stage.clear();
}
