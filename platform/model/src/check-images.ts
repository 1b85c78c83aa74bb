import type { FleetFiles, Report } from './fleet-files.ts';
import type { FleetModel } from './fleet-model.ts';
import { isJsonObject, type JsonValue } from './merge.ts';
import { reportAt } from './reference.ts';

/** Images: from registries that the fleet trusts, and not by a tag that moves. Said here, where the line is known. */
export function checkImages(fleet: FleetModel, files: FleetFiles, report: Report): void {
  const { registries } = fleet.policies;
  if (files.fleet === undefined) return;
  for (const { file } of files.applications) {
    for (const { path, image } of imagesOf(file.value as JsonValue, [])) {
      if (!registries.some((registry) => image.startsWith(`${registry}/`))) {
        const message = `image "${image}" comes from no registry that the fleet trusts`;
        const remedy = `trusted: ${registries.join(', ')}, see "policies" in clusters/fleet.yaml`;
        reportAt({ file, path }, { message, remedy }, report);
      }
      if (/:latest$/.test(image)) {
        const message = `the tag "latest" moves, so that nobody knows what runs`;
        reportAt({ file, path }, { message, remedy: 'name a version or a digest' }, report);
      }
    }
  }
}

interface Image {
  readonly path: readonly PropertyKey[];
  readonly image: string;
}

/** Mappings whose keys are the user's own words. */
const OPAQUE = new Set(['config', 'env', 'secrets']);

/** Every `image` that is written in a document: of the application, of its jobs, and in overlays. */
function imagesOf(value: JsonValue, path: readonly PropertyKey[]): readonly Image[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    if (OPAQUE.has(key)) return [];
    const at = [...path, key];
    return key === 'image' && typeof child === 'string' ? [{ path: at, image: child }] : imagesOf(child, at);
  });
}
