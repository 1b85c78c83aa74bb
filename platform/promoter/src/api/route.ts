import type { Repository } from '@drydock/git';
import type { z } from 'zod';
import type { Identity } from '../access/identity.ts';
import type { Clock } from '../ports.ts';
import type { Promoter } from '../promoter.ts';

/** What every route may use. */
export interface ApiContext {
  readonly promoter: Promoter;
  readonly repository: Repository;
  readonly clock: Clock;
}

/** A request that has passed authentication and whose parts have been parsed. */
export interface ApiCall<Path, Query, Body> {
  readonly identity: Identity;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
}

/** One operation of the HTTP API. The OpenAPI document is generated from these. */
export interface Route<
  Path extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters as `{name}`, below `/api/v1`. */
  readonly path: string;
  readonly operation: string;
  readonly summary: string;
  readonly parameters: Path;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  handle(
    context: ApiContext,
    call: ApiCall<z.infer<Path>, z.infer<Query>, z.infer<Body>>,
  ): Promise<z.infer<Answer>>;
}

/** Declares a route; the types of its handler follow from its schemas. */
export function route<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(definition: Route<Path, Query, Body, Answer>): Route {
  return definition as unknown as Route;
}
