import { InputError } from '@backstage/errors';
import { promotionReadPermission, RowView } from '@drydock/plugin-promotion-common';
import type { Router } from 'express';
import { z } from 'zod';
import { callerOf, RouterOptions } from '../caller';

const limit = z.coerce.number().int().min(1).max(500).default(50);
const matrixQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
  search: z.string().max(100).optional(),
  team: z.string().optional(),
  kind: z.enum(['Addon', 'Application']).optional(),
  action: z.enum(['promote', 'wait', 'blocked', 'current', 'none']).optional(),
});
const historyQuery = z.object({
  unit: z.string().optional(),
  environment: z.string().optional(),
  limit,
});
const diffQuery = z.object({ release: z.string().optional() });

/** Everything that can be asked. What the user may not read is left out of lists. */
export function addReadRoutes(router: Router, options: RouterOptions): void {
  const { authorizer, promoter } = options;
  const caller = callerOf(options);

  router.get('/whoami', async (req, res) => {
    const { user } = await caller(req);
    res.json(await promoter.whoAmI(user));
  });

  router.get('/fleet', async (req, res) => {
    const { credentials, user } = await caller(req);
    await authorizer.readable(credentials);
    res.json(await promoter.fleet(user));
  });

  router.get('/matrix', async (req, res) => {
    const { credentials, user } = await caller(req);
    const query = parse(matrixQuery, req.query);
    const readable = await authorizer.readable(credentials);
    const matrix = await promoter.matrix(query, user);
    res.json({ ...matrix, rows: matrix.rows.map(row => readRow(row, readable)) });
  });

  router.get('/units/:unit', async (req, res) => {
    const { credentials, user } = await caller(req);
    const readable = await authorizer.readable(credentials);
    const unit = await promoter.unit(req.params.unit, user);
    res.json({ ...unit, ...readRow(unit, readable) });
  });

  router.get('/units/:unit/environments/:environment/diff', async (req, res) => {
    const { credentials, user } = await caller(req);
    const { unit, environment } = req.params;
    const place = { unit, environment };
    await authorizer.require(promotionReadPermission, place, credentials);
    const { release } = parse(diffQuery, req.query);
    res.json(await promoter.diff({ ...place, release }, user));
  });

  router.get('/history', async (req, res) => {
    const { credentials, user } = await caller(req);
    const query = parse(historyQuery, req.query);
    const readable = await authorizer.readable(credentials);
    const entries = await promoter.history(query, user);
    res.json({ entries: entries.filter(entry => readable(entry)) });
  });

  router.get('/audit', async (req, res) => {
    const { credentials, user } = await caller(req);
    await authorizer.readable(credentials);
    const query = parse(z.object({ limit }), req.query);
    res.json({ entries: await promoter.audit(query.limit, user) });
  });
}

type Readable = Awaited<ReturnType<RouterOptions['authorizer']['readable']>>;

function readRow(row: RowView, readable: Readable): RowView {
  const { unit, team } = row;
  const cells = row.cells.filter(({ environment }) => readable({ unit, environment, ...(team && { team }) }));
  return { ...row, cells };
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}
