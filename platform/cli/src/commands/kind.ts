import {
  formatDown,
  formatPlan,
  formatStatus,
  type KindProvider,
  kindPreflight,
  openKindProvider,
  progressWriter,
} from '@drydock/fleet';
import { InputError, suggestion } from '@drydock/model';
import { type Command, type CommandContext, type OptionValues, outputOption } from '../command.ts';
import { findRoot } from '../find-root.ts';
import { printResult } from '../print/result.ts';

type Verb = (provider: KindProvider, context: CommandContext, values: OptionValues) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = { up, plan, status, down };

export const kind: Command = {
  name: 'kind',
  summary: 'the same fleet on real Kind clusters: up, plan, status or down; needs Docker',
  parameters: ['verb'],
  options: {
    profile: { type: 'string', value: 'NAME', help: 'a file in scripts/kind', default: 'default' },
    ...outputOption,
  },
  async run(context, [name = ''], values) {
    const verb = VERBS[name];
    if (verb === undefined) {
      const near = suggestion(name, Object.keys(VERBS)) ?? `expected one of ${Object.keys(VERBS).join(', ')}`;
      throw new InputError(`drydock kind: no verb "${name}", ${near}`);
    }
    const root = findRoot(context.cwd);
    const profile = String(values.profile);
    const preflight = () => kindPreflight({ root, profile, env: context.env });
    return verb(await openKindProvider({ root, profile, preflight }), context, values);
  },
};

async function up(provider: KindProvider, { streams, signal }: CommandContext, values: OptionValues) {
  const state = await provider.up({ signal, progress: progressWriter(streams.err, streams.colour) });
  printResult(streams, values, state, () => formatStatus(state));
  return state.state === 'running' ? 0 : 1;
}

async function plan(provider: KindProvider, { streams, cwd }: CommandContext, values: OptionValues) {
  const found = await provider.plan();
  printResult(streams, values, found, () => formatPlan(found, { root: `${findRoot(cwd)}/` }));
  return found.problems.length === 0 ? 0 : 1;
}

async function status(provider: KindProvider, { streams }: CommandContext, values: OptionValues) {
  const state = await provider.status();
  printResult(streams, values, state, () => formatStatus(state));
  return state.state === 'running' ? 0 : 1;
}

async function down(provider: KindProvider, { streams, signal }: CommandContext, values: OptionValues) {
  const done = await provider.down({ signal, progress: progressWriter(streams.err, streams.colour) });
  printResult(streams, values, done, () => formatDown(done));
  return 0;
}
