import { ConflictError, InputError, NotFoundError } from '@drydock/model';
import { releaseName } from '../releases/release.ts';
import type { PromotionState } from '../state/state.ts';
import { type StateChange, stateFile, statePath } from '../state/state-store.ts';
import type { Target } from './target.ts';

export interface CreateSet {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly id: string;
  readonly environments: readonly string[];
}

/**
 * Binds Units together: the Releases that are next for them enter each of the Environments together, or not at all.
 *
 * @param targets the Units in the first of the Environments
 * @throws InputError for fewer than two Units
 * @throws ConflictError when a Unit has nothing to promote, is in another set, or the name is taken
 */
export function createSet(state: PromotionState, targets: readonly Target[], set: CreateSet): StateChange {
  const { by, at, id, environments } = set;
  if (targets.length < 2) throw new InputError('a set needs at least two units');
  if (state.sets.some((other) => other.id === id)) throw new ConflictError(`there is a set "${id}" already`);
  const busy = targets.find(({ unit }) => state.sets.some((other) => unit in other.units));
  if (busy !== undefined)
    throw new ConflictError(`${busy.unit} is in a set already; withdraw that one first`);
  const units = targets.map((target) => [target.unit, nextReleaseOf(target)] as const);
  const names = units.map(([unit, release]) => `${unit} ${releaseName(release)}`).join(', ');
  const file = {
    by,
    at,
    id,
    environments,
    units: Object.fromEntries(units.map(([unit, { id: release }]) => [unit, release])),
  };
  return {
    files: new Map([[statePath.set(id), stateFile(file)]]),
    subject: `set ${id} for ${environments.join(', ')}: ${names}`,
    by,
    trailers: { Set: id, Environments: environments.join(', ') },
  };
}

/** Dissolves a set; its Units go their own ways. @throws NotFoundError when there is none of that name */
export function withdrawSet(state: PromotionState, id: string, by: string): StateChange {
  if (!state.sets.some((set) => set.id === id)) {
    throw new NotFoundError(
      `no set "${id}"; there are: ${state.sets.map((set) => set.id).join(', ') || 'none'}`,
    );
  }
  return {
    files: new Map([[statePath.set(id), undefined]]),
    subject: `withdraw set ${id}`,
    by,
    trailers: { Set: id },
  };
}

function nextReleaseOf({ unit, environment, verdict }: Target) {
  if (verdict.candidate !== undefined && verdict.action !== 'current') return verdict.candidate;
  const why = verdict.reasons.map(({ message }) => message).join('; ');
  throw new ConflictError(`nothing to promote: ${unit} in ${environment}: ${why}`);
}
