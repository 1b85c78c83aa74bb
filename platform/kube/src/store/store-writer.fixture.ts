/** Writes without end and tells after each write; a test kills it. */
import { Store } from './store.ts';

const store = new Store({ path: process.argv[2] ?? '', compactAfter: 20_000 });
function write(): void {
  const { revision } = store.put('things', {
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: { name: `n${store.revision}`, namespace: 'default' },
  });
  process.send?.(revision, () => setImmediate(write));
}
write();
