import { randomUUID } from 'node:crypto';
import { signWebhook, tokenAuthenticator } from '@drydock/promoter/access';
import { startGitServer } from '../git-server/git-server.ts';
import { installRepository } from '../git-server/install-repository.ts';
import { userTokens } from '../user-tokens.ts';
import { runPart } from './run-part.ts';

/** The git server: takes pushes, and tells the promoter of them. */
runPart(async ({ config, paths, fleet }, logger) => {
  await installRepository(paths.repository);
  const tellPromoter = async () => {
    const body = JSON.stringify({ repository: fleet.name, delivery: randomUUID() });
    const url = `http://127.0.0.1:${config.ports.promoter}/hooks/push`;
    const headers = { 'x-hub-signature-256': signWebhook(config.webhookSecret, body) };
    await fetch(url, { method: 'POST', body, headers }).catch((error: unknown) =>
      logger.warn('the promoter was not told of a push, it will find it by itself', { error: String(error) }),
    );
  };
  const server = await startGitServer({
    gitDir: paths.repository,
    name: fleet.name,
    authenticator: tokenAuthenticator(userTokens(config)),
    port: config.ports.git,
    pushed: () => void tellPromoter(),
    logger,
  });
  logger.info('git server is ready', { url: server.url });
  return server;
});
