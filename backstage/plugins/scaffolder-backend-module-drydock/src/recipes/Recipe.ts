import type { FileChange, FileView, FleetView } from '@drydock/plugin-promotion-common';
import type { AnyZodObject, z } from 'zod/v3';

/** What a recipe can look at. */
export interface Kitchen {
  fleet(): Promise<FleetView>;
  /** A file at the head of main. */
  file(path: string): Promise<FileView>;
}

/** A change as a recipe plans it. */
export interface PlannedChange {
  /** The subject of the commit. */
  readonly message: string;
  readonly files: readonly FileChange[];
  /** The revision that was read; what has changed since is not overwritten. */
  readonly base?: string;
  /** Name of the branch where a review is wanted. */
  readonly branch: string;
  /** The unit it is about. */
  readonly unit?: string;
}

/** Turns what somebody has filled in into a change of files. Writes nothing itself. */
export interface Recipe<T extends AnyZodObject = AnyZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  input(zod: typeof z): T;
  plan(values: z.infer<T>, kitchen: Kitchen): Promise<PlannedChange>;
}

/** Keeps the types of a recipe's input while recipes are kept in one list. */
export function defineRecipe<T extends AnyZodObject>(recipe: Recipe<T>): Recipe {
  return recipe as unknown as Recipe;
}
