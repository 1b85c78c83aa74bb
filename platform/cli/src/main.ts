import { run } from './run.ts';

/** The entry point: the only place that reads the environment, and that ends the process. */
const controller = new AbortController();
process.once('SIGINT', () => controller.abort());
process.once('SIGTERM', () => controller.abort());
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader of a pipe has seen enough
  throw error;
});

const colour =
  process.env.NO_COLOR === undefined && (process.stdout.isTTY || process.env.FORCE_COLOR !== undefined);

process.exitCode = await run(process.argv.slice(2), {
  streams: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    colour,
    interactive: process.stdout.isTTY,
  },
  env: process.env,
  cwd: process.cwd(),
  signal: controller.signal,
});
