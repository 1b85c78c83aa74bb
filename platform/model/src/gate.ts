import { parse as parseCel } from '@marcbachmann/cel-js';
import { Cron } from 'croner';
import { z } from 'zod';
import { durationSchema } from './duration.ts';
import { nameSchema } from './name.ts';

const health = z.strictObject({
  type: z.literal('health').describe('The Release is healthy in the environments before this one.'),
});

const soak = z.strictObject({
  type: z.literal('soak').describe('The Release was healthy without a break for a while.'),
  for: durationSchema.describe('How long, for example "15m".'),
});

const approval = z.strictObject({
  type: z.literal('approval').describe('People have approved exactly this Release for this environment.'),
  count: z.int().min(1).max(10).default(1).describe('How many different people; the requester never counts.'),
  group: z.string().min(1).optional().describe('Only members of this group count. Default: every approver.'),
  expires: durationSchema.optional().describe('After how long an approval no longer counts.'),
});

const periodSchema = z.strictObject({
  schedule: z
    .string()
    .refine(isSchedule, 'expected a cron schedule of five fields such as "0 8 * * 1-5"')
    .describe('When it begins: minute, hour, day of month, month, day of week.'),
  for: durationSchema.describe('How long it lasts.'),
});

const window = z
  .strictObject({
    type: z.literal('window').describe('It is a time at which promotions are allowed.'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'expected a time zone such as "Europe/Berlin"')
      .default('UTC')
      .describe('In which the schedules are read, daylight saving included.'),
    allow: z.array(periodSchema).default([]).describe('Open only then. Default: always.'),
    deny: z.array(periodSchema).default([]).describe('Closed then, whatever "allow" says.'),
  })
  .refine(({ allow, deny }) => allow.length + deny.length > 0, 'expected "allow", "deny" or both');

const policy = z.strictObject({
  type: z.literal('policy').describe('Every rendered object fulfils a condition.'),
  name: nameSchema,
  expression: z
    .string()
    .refine(isCel, 'expected a CEL expression')
    .describe('CEL that must be true for each "object" of the Release in this environment.'),
  message: z.string().min(1).describe('What to tell people when it is not.'),
});

const httpUrl = z.url({ protocol: /^https?$/ });

const check = z.strictObject({
  type: z.literal('check').describe('Something else says that the Release may enter.'),
  name: nameSchema,
  url: httpUrl
    .optional()
    .describe(
      'Asked with POST; answers {"phase": "passed"|"failed"|"pending", "reason": "…"}. Default: wait for a report.',
    ),
  secret: nameSchema
    .optional()
    .describe('Name of the key that signs the question; kept by the promoter, never in git.'),
  interval: durationSchema.default('30s').describe('Between questions while it is pending.'),
});

const metric = z.strictObject({
  type: z.literal('metric').describe('A Prometheus query has stayed on one side of a threshold.'),
  name: nameSchema,
  server: httpUrl.describe('Base URL of a Prometheus-compatible API.'),
  query: z.string().min(1).describe('PromQL; {unit} and {environment} are replaced.'),
  compare: z.enum(['<', '<=', '>', '>=']),
  threshold: z.number(),
  for: durationSchema.describe('Over the last so long, every sample must compare so.'),
  interval: durationSchema.default('30s').describe('Between questions while it is pending.'),
});

/** One condition for entering an Environment, as written in `clusters/fleet.yaml`. */
export const gateSchema = z.discriminatedUnion('type', [
  health,
  soak,
  approval,
  window,
  policy,
  check,
  metric,
]);
export type Gate = z.infer<typeof gateSchema>;
/** A Gate of one type. */
export type GateOf<Type extends Gate['type']> = Extract<Gate, { readonly type: Type }>;

/** A span of time that begins at each occurrence of a schedule. */
export type Period = z.infer<typeof periodSchema>;

function isSchedule(schedule: string): boolean {
  return schedule.trim().split(/\s+/).length === 5 && !throws(() => new Cron(schedule, { paused: true }));
}

function isTimeZone(timeZone: string): boolean {
  return !throws(() => new Intl.DateTimeFormat('en', { timeZone }));
}

function isCel(expression: string): boolean {
  return !throws(() => parseCel(expression));
}

function throws(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true; // what is wrong is said by the schema
  }
}
