import { once } from 'node:events';
import { resolve } from 'node:path';
import { InputError } from '@drydock/model';
import { jsonLogger } from '@drydock/promoter/json-logger';
import type { Command } from '../command.ts';

/** Two words for the user; to the command line `serve` is the first argument of `promoter`. */
export const promoterServe: Command = {
  name: 'promoter',
  summary: 'run the promoter alone, against a repository and a hub elsewhere',
  parameters: ['serve'],
  options: {
    config: { type: 'string', value: 'FILE', help: 'repository, hub, access and addresses' },
  },
  async run({ streams, cwd, env, signal }, [verb], values) {
    if (verb !== 'serve' || typeof values.config !== 'string')
      throw new InputError('expected "drydock promoter serve --config FILE"');
    const { readPromoterConfig, servePromoter } = await import('@drydock/promoter/serve');
    const logger = jsonLogger(streams.err, env.DRYDOCK_DEBUG ? 'debug' : 'info');
    const config = await readPromoterConfig(resolve(cwd, values.config));
    const serving = await servePromoter(config, logger);
    logger.info('promoter is ready', { url: serving.url });
    if (!signal.aborted) await once(signal, 'abort');
    await serving.close();
    return 0;
  },
};
