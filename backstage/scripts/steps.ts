/** What a step did: undefined when there was nothing to do. */
export type Step = () => Promise<string | undefined>;

const FRAME = 1_000;

/** Shows how long a step takes while it runs: in place on a terminal, as plain lines elsewhere. */
export const steps = {
  async run(name: string, step: Step): Promise<void> {
    const started = Date.now();
    const seconds = () => `${((Date.now() - started) / 1_000).toFixed(1)} s`;
    const terminal = process.stderr.isTTY === true;
    const show = () => process.stderr.write(`\r… ${name} ${seconds()} `);
    const timer = terminal ? setInterval(show, FRAME) : undefined;
    if (!terminal) process.stderr.write(`… ${name}\n`);
    try {
      const did = await step();
      process.stderr.write(`${terminal ? '\r' : ''}✓ ${name} ${did ?? 'are current'} ${seconds()}\n`);
    } finally {
      clearInterval(timer);
    }
  },
};
