import { openRepository } from '@drydock/git';
import { Promoter } from '../../platform/promoter/src/promoter.ts';
import { readSketch, sketchHydrator } from '../../platform/promoter/src/testing/sketch.ts';
import { crashingRepository, type KillAt } from './crashing-repository.ts';
import { EchoDelivery } from './echo-delivery.ts';

/**
 * A promoter as a process of its own: `node promoter-process.ts <git directory> <health file> [<KillAt as JSON>]`.
 * Prints the verdicts each time it comes to rest.
 */
const [, , gitDir = '', healthFile = '', killAt] = process.argv;
const real = await openRepository(gitDir);
const kill = () => process.kill(-process.pid, 'SIGKILL'); // the whole group, with the git processes in it
const repository = killAt === undefined ? real : crashingRepository(real, JSON.parse(killAt) as KillAt, kill);
const promoter = new Promoter({
  repository,
  hydrator: sketchHydrator(repository),
  delivery: new EchoDelivery(await openRepository(gitDir), healthFile),
  readFleet: readSketch,
  poll: 100,
  observers: [
    {
      settled({ verdicts }) {
        const actions = verdicts.map(({ environment, action }) => [environment, action]);
        process.stdout.write(`${JSON.stringify(Object.fromEntries(actions))}\n`);
      },
    },
  ],
});
await promoter.start();
