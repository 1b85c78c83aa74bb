import { DrydockError, UnavailableError } from '@drydock/model';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Authenticator } from '../access/authenticator.ts';
import type { Identity } from '../access/identity.ts';
import type { Logger } from '../ports.ts';
import type { RateLimiter } from '../rate/rate-limiter.ts';
import { SeenDeliveries } from '../webhooks/seen-deliveries.ts';
import { streamEvents } from './events.ts';
import { fleetRoutes } from './fleet-routes.ts';
import { fleetWriteRoutes } from './fleet-write-routes.ts';
import { openApiDocument } from './openapi.ts';
import { problemOf, TooManyRequestsError } from './problem.ts';
import { readRoutes } from './read-routes.ts';
import type { ApiContext, Route } from './route.ts';
import { unitRoutes } from './unit-routes.ts';
import { receiveWebhook, WEBHOOK_LIMIT } from './webhook.ts';

/** Every operation of the API. */
export const ROUTES: readonly Route[] = [...readRoutes, ...fleetRoutes, ...unitRoutes, ...fleetWriteRoutes];

export interface CreateApiOptions extends ApiContext {
  readonly authenticator: Authenticator;
  readonly webhookSecret?: string | undefined;
  /** How much one user may ask. Default: any number. */
  readonly limiter?: RateLimiter | undefined;
  /** What `/metrics` answers, in the text format of Prometheus. Default: there is no such path. */
  readonly metrics?: MetricsPage | undefined;
  /** Whether this replica may change anything; the others only answer questions. Default: always. */
  readonly mayAct?: (() => boolean) | undefined;
  readonly logger: Logger;
}

/** A page for Prometheus. */
export interface MetricsPage {
  readonly contentType: string;
  render(): Promise<string>;
}

type Env = { Variables: { identity: Identity } };

const BODY_LIMIT = 64 * 1024;

class UnauthorizedError extends DrydockError {
  override readonly name = 'UnauthorizedError';
}

/** The HTTP API as a handler of requests, not listening anywhere yet. */
export function createApi(options: CreateApiOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.onError((error, context) => answerError(context, error, options.logger));
  app.notFound((context) =>
    context.json(
      problemOf(Object.assign(new Error(`no such path: ${context.req.path}`), { name: 'NotFoundError' })),
      404,
    ),
  );
  app.use('/api/*', limitBody(BODY_LIMIT));
  app.use('/hooks/*', limitBody(WEBHOOK_LIMIT));
  app.get('/healthz', (context) => context.text('ok'));
  app.get('/readyz', async (context) => {
    await options.promoter.snapshot();
    return context.text('ok');
  });
  app.get('/openapi.json', (context) => context.json(openApiDocument(ROUTES)));
  const { metrics } = options;
  if (metrics !== undefined) {
    app.get('/metrics', async (context) =>
      context.body(await metrics.render(), 200, { 'content-type': metrics.contentType }),
    );
  }
  const seen = new SeenDeliveries();
  app.post('/hooks/push', (context) => receiveWebhook(context, { ...options, seen }));
  app.use('/api/*', async (context, next) => {
    const identity = await authenticate(options.authenticator, context.req.header('authorization'));
    context.set('identity', identity);
    const wait = options.limiter?.take(identity.name) ?? 0;
    if (wait > 0) throw new TooManyRequestsError(identity.name, wait);
    if (context.req.method !== 'GET' && options.mayAct?.() === false)
      throw new UnavailableError('this replica only answers questions, another one acts: try again');
    await next();
  });
  app.get('/api/v1/events', (context) => streamEvents(context, options.promoter.events));
  for (const route of ROUTES) register(app, route, options);
  return app;
}

function limitBody(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: (context) => {
      const detail = `expected at most ${maxSize} bytes`;
      return context.json({ ...problemOf(undefined), status: 413, title: 'Content Too Large', detail }, 413);
    },
  });
}

function register(app: Hono<Env>, route: Route, options: CreateApiOptions): void {
  const path = `/api/v1${route.path.replace(/\{(\w+)\}/g, ':$1')}`;
  app.on(route.method.toUpperCase(), path, async (context) => {
    const call = {
      identity: context.get('identity'),
      path: route.parameters.parse(context.req.param()),
      query: route.query.parse(context.req.query()),
      body: route.body.parse(await bodyOf(context)),
    };
    return context.json((await route.handle(options, call)) as object);
  });
}

async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(new Error('expected a body of JSON', { cause }), { name: 'InputError' });
  }
}

async function authenticate(authenticator: Authenticator, header: string | undefined): Promise<Identity> {
  const token = /^Bearer ([\x21-\x7e]+)$/.exec(header ?? '')?.[1];
  const identity = token === undefined ? undefined : await authenticator.authenticate(token);
  if (identity === undefined) throw new UnauthorizedError('expected a valid bearer token');
  return identity;
}

function answerError(context: Context, error: unknown, logger: Logger): Response {
  const problem = problemOf(error);
  if (problem.status === 500)
    logger.error('a request failed', {
      path: context.req.path,
      error: String(error),
      stack: (error as Error).stack,
    });
  const retry = error instanceof TooManyRequestsError ? Math.ceil(error.wait / 1_000) : undefined;
  return context.json(problem, problem.status as ContentfulStatusCode, {
    'content-type': 'application/problem+json',
    ...(retry !== undefined && { 'retry-after': String(retry) }),
  });
}
