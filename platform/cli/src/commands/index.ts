import type { Command } from '../command.ts';
import { addons } from './addons/addons.ts';
import { audit } from './audit.ts';
import { crds } from './crds.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { down } from './down.ts';
import { events } from './events.ts';
import { freeze, thaw } from './freeze.ts';
import { graph } from './graph.ts';
import { history } from './history.ts';
import { kind } from './kind.ts';
import { kubeconfig } from './kubeconfig.ts';
import { plan } from './plan.ts';
import { promoterServe } from './promoter-serve.ts';
import { status } from './status.ts';
import { synth } from './synth.ts';
import {
  approve,
  hold,
  override,
  promote,
  releaseHold,
  report,
  rollback,
  withdraw,
} from './unit-decisions.ts';
import { up } from './up.ts';
import { validate } from './validate.ts';

/** The verbs, in groups as the help shows them. */
export const COMMANDS: Readonly<Record<string, readonly Command[]>> = {
  'The fleet on this machine': [up, down, kubeconfig, crds, doctor, kind],
  'What is where, and why': [status, plan, diff, history, audit, events],
  Deciding: [promote, approve, rollback, hold, releaseHold, freeze, thaw, override, report, withdraw],
  'Running it elsewhere': [promoterServe],
  'The files of this clone': [validate, synth, addons, graph],
};
