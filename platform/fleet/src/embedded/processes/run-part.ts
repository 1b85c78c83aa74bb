import type { Logger } from '@drydock/promoter/access';
import { jsonLogger } from '@drydock/promoter/json-logger';
import type { PartMessage, StartMessage } from './process-message.ts';

/** A part that runs, until it is closed. */
export interface RunningPart {
  close(): Promise<void>;
}

/**
 * Runs one part of the fleet in this process: waits for the supervisor's word, starts, says that it is ready, and ends
 * on SIGTERM or when the supervisor is gone. Only entry points call this.
 */
export function runPart(start: (message: StartMessage, logger: Logger) => Promise<RunningPart>): void {
  const logger = jsonLogger(
    (line) => process.stdout.write(line),
    process.env.DRYDOCK_DEBUG ? 'debug' : 'info',
  );
  let running: Promise<RunningPart> | undefined;
  const end = async () => {
    await (await running)?.close();
    process.exit(0);
  };
  process.on('message', (message: StartMessage) => {
    running ??= start(message, logger);
    running.then(
      () => tell({ type: 'ready' }),
      (error: unknown) => {
        logger.error('could not start', { error: error instanceof Error ? error.stack : String(error) });
        tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) }, () =>
          process.exit(1),
        );
      },
    );
  });
  process.once('SIGTERM', end);
  process.on('SIGINT', () => {}); // Ctrl-C goes to the whole group; the supervisor decides
  process.once('disconnect', end);
}

function tell(message: PartMessage, sent?: () => void): void {
  process.send?.(message, undefined, undefined, () => sent?.());
}
