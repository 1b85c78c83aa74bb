import { type FileSource, type FleetModel, folderSource, loadFleet } from '@drydock/model';
import { REPOSITORY_ROOT } from './repository-fixture.ts';

/**
 * The fleet of this repository with every addon and every example switched on, for tests: what is only in the
 * catalogue must be right too.
 */
export function loadCatalogueFleet(engine: 'argocd' | 'flux'): Promise<FleetModel> {
  return loadFleet(switchedOn(folderSource(REPOSITORY_ROOT), engine));
}

function switchedOn(source: FileSource, engine: 'argocd' | 'flux'): FileSource {
  return {
    list: (folders) => source.list(folders),
    async read(paths) {
      const entries = await source.list(['addons']);
      const addons = entries.flatMap(({ path }) => /^addons\/([^/]+)\/addon.yaml$/.exec(path)?.[1] ?? []);
      const contents = await source.read(paths);
      return contents.map((content, index) =>
        /^clusters\/[^/]+\/cluster.yaml$/.test(paths[index] ?? '')
          ? withLabels(content, { addons, engine })
          : content,
      );
    },
  };
}

function withLabels(
  content: Uint8Array,
  { addons, engine }: { readonly addons: readonly string[]; readonly engine: string },
): Uint8Array {
  const text = new TextDecoder().decode(content);
  const labels = addons.map((addon) => `    addon.drydock.dev/${addon}: enabled\n`).join('');
  const bare = text.replace(/ {4}(addon\.drydock\.dev\/.*|showcase:.*)\n/g, '');
  const labelled = bare.replace('  labels:\n', `  labels:\n    showcase: enabled\n${labels}`);
  const isHub = text.includes('role: hub');
  return new TextEncoder().encode(
    isHub ? labelled : labelled.replace('spec:\n', `spec:\n  engine: ${engine}\n`),
  );
}
