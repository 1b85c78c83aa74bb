import type { Entity } from '@backstage/catalog-model';

const ANNOTATION = 'drydock.dev/unit';

/** Whether an entity of the catalog is a unit of the fleet. */
export function isUnit(entity: Entity): boolean {
  return entity.metadata.annotations?.[ANNOTATION] !== undefined;
}

/** The unit an entity stands for. */
export function unitOf(entity: Entity): string {
  return entity.metadata.annotations?.[ANNOTATION] ?? entity.metadata.name;
}
