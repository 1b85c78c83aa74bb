import { NotFoundError } from '@drydock/model';
import { z } from 'zod';
import type { Screen } from './screens.ts';

const servicesSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      spec: z.object({ ports: z.array(z.object({ name: z.string().optional(), port: z.int() })).min(1) }),
    }),
  ),
});

/** Where a screen is on a cluster. */
export interface FoundService {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

/**
 * Picks the Service of a screen from what `kubectl get services --output=json` prints.
 *
 * @throws NotFoundError when the cluster has none
 */
export function findService(json: string, { title, addon, port }: Screen, cluster: string): FoundService {
  const [service] = servicesSchema.parse(JSON.parse(json)).items;
  if (service === undefined) {
    throw new NotFoundError(
      `${title} is not on ${cluster}: give the cluster the label "addon.drydock.dev/${addon}: enabled", or name another with --cluster`,
    );
  }
  const { metadata, spec } = service;
  const wanted = spec.ports.find(({ name }) => name === port) ?? spec.ports[0];
  return { ...metadata, port: wanted?.port ?? 80 };
}
