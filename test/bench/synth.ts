import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const WORKER = join(import.meta.dirname, 'synth-worker.ts');

/** What one cold process did. */
interface Measured {
  /** From starting the process to its end. */
  readonly milliseconds: number;
  /** Of them, after the fleet was loaded. */
  readonly synthMilliseconds: number;
  /** Of one unit that changes afterwards, in the same process. */
  readonly changedUnitMilliseconds?: number;
  /** Of the whole process on all cores, so that other work on the machine does not count. */
  readonly cpuMilliseconds: number;
  readonly files: number;
  readonly sha256: string;
}

/**
 * Synth from a cold process to files: 1,000 and 4,000 units × 4 clusters, the same charts in a single cdk8s App, one
 * unit of 1,000 alone, bare writes of the same files, and whether two runs give the same bytes.
 */
export async function run(): Promise<object> {
  const root = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  try {
    const thousand = await measure('fleet', 1_000, join(root, 'thousand'));
    const again = await measure('fleet', 1_000, join(root, 'again'));
    const four = await measure('fleet', 4_000, join(root, 'four'));
    const single = await measure('single-app', 1_000, join(root, 'single'));
    const oneUnit = await measure('one-unit', 1_000, join(root, 'one'));
    const best = Math.min(thousand.milliseconds, again.milliseconds);
    return {
      units1000x4: [thousand, again],
      units4000x4: four,
      growthFrom1000To4000: round(four.milliseconds / best),
      singleApp1000x4: single,
      timesFasterThanSingleApp: round(single.milliseconds / best),
      timesLessCpuThanSingleApp: round(
        single.cpuMilliseconds / Math.min(thousand.cpuMilliseconds, again.cpuMilliseconds),
      ),
      oneUnitOf1000: oneUnit,
      bareWritesOfAsManyFiles: bareWrites(join(root, 'bare'), thousand.files),
      equalBytes: thousand.sha256 === again.sha256,
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function measure(mode: string, units: number, folder: string): Promise<Measured> {
  await execute(process.execPath, [WORKER, 'prepare', String(units), folder]);
  const start = performance.now();
  const { stdout } = await execute(process.execPath, [WORKER, mode, String(units), folder]);
  const milliseconds = Math.round(performance.now() - start);
  const digest = await execute(process.execPath, [WORKER, 'digest', String(units), folder]);
  const parts = [stdout, digest.stdout].map((text) => JSON.parse(text) as Partial<Measured>);
  return Object.assign({ milliseconds }, ...parts) as Measured;
}

/** The floor: as many files of 900 bytes in folders of nine, written one after the other and nothing else. Milliseconds. */
function bareWrites(root: string, files: number): number {
  const text = 'x'.repeat(900);
  const start = performance.now();
  for (let file = 0; file < files; file += 1) {
    const folder = join(root, String(Math.floor(file / 9)));
    if (file % 9 === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${file % 9}.yaml`), text);
  }
  return Math.round(performance.now() - start);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
