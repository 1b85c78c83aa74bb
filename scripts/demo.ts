import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DemoClone } from './demo/demo-clone.ts';
import { tellStory } from './demo/story.ts';
import { Timeline, type TimelineStep } from './demo/timeline.ts';

/** Entry point of `make demo`. Exits with 0 only when every step was seen. */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { output: { type: 'string', short: 'o', default: 'table' } } });
const asData = values.output === 'json';

const show = ({ step, seen, milliseconds }: TimelineStep) =>
  void (
    asData ||
    process.stdout.write(`✓ ${`${(milliseconds / 1000).toFixed(2)} s`.padStart(8)}  ${step}: ${seen}\n`)
  );

const timeline = new Timeline(show);
const started = performance.now();
const clone = await DemoClone.create(root);
let failure: string | undefined;
try {
  await tellStory(clone, timeline);
} catch (error) {
  failure = error instanceof Error ? error.message : String(error);
  process.stderr.write(`✗ ${failure}\n`);
  process.exitCode = 1;
} finally {
  await clone.remove();
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
if (asData)
  process.stdout.write(
    `${JSON.stringify({ passed: failure === undefined, failure, seconds: Number(seconds), steps: timeline.steps }, undefined, 2)}\n`,
  );
else if (failure === undefined)
  process.stdout.write(`\nEvery step was seen in the clusters themselves, in ${seconds} s.\n`);
