import { readFile } from 'node:fs/promises';
import { Promoter } from '../../platform/promoter/src/promoter.ts';
import { sketchHydrator } from '../../platform/promoter/src/testing/sketch.ts';
import { PromoteFleet } from './promote-fleet.ts';

/** Run as a process of its own, so that its memory is its own: looks that find nothing to do, as JSON. */
const [, , folder = '', units = ''] = process.argv;
const fleet = await PromoteFleet.open(folder, Number(units));
await fleet.reportHealth();
const rested: (() => void)[] = [];
const promoter = new Promoter({
  repository: fleet.repository,
  hydrator: sketchHydrator(fleet.repository),
  delivery: fleet.delivery,
  readFleet: fleet.readFleet,
  timer: {
    start(_milliseconds, _fire) {
      rested.shift()?.(); // a promoter that has nothing to do sets its timer
      return () => {};
    },
  },
});

async function look(): Promise<number> {
  const started = performance.now();
  await new Promise<void>((resolve) => {
    rested.push(resolve);
    promoter.notify();
  });
  await new Promise(setImmediate);
  return performance.now() - started;
}

const cold = await look();
const warm: number[] = [];
for (let count = 0; count < 10; count += 1) warm.push(await look());
const [fastest = 0] = warm.toSorted((a, b) => a - b);
const slowest = Math.max(...warm);
const round = (value: number) => Math.round(value * 10) / 10;
// not maxRSS of getrusage(2), which on Linux begins with that of the parent
const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
const peakMegabytes = Math.round(peak / 1024);
const figures = { cold: round(cold), fastest: round(fastest), slowest: round(slowest), peakMegabytes };
process.stdout.write(JSON.stringify(figures));
await fleet.repository.close();
