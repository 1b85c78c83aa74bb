import { join } from 'node:path';
import { DemoClone } from '../../scripts/demo/demo-clone.ts';
import { rootFolder } from '../scripts/folders.ts';

/**
 * A fleet for a test that is not TypeScript of this kind: starts one in a clone, says on standard output where it is,
 * and ends it when standard input ends.
 */
const clone = await DemoClone.create(rootFolder);
try {
  const { stdout } = await clone.drydock(['up', '--output', 'json']);
  const { promoter } = JSON.parse(stdout) as { readonly promoter: string };
  const keyFile = join(clone.folder, '.drydock', 'portal.key');
  process.stdout.write(`${JSON.stringify({ url: promoter, keyFile, folder: clone.folder })}\n`);
  await new Promise(resolve => {
    process.stdin.resume();
    process.stdin.once('end', resolve);
  });
} finally {
  await clone.remove();
}
