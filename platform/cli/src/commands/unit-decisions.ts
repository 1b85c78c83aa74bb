import { InputError } from '@drydock/model';
import { apiPath, placePath } from '../client/promoter-client.ts';
import { decisionCommand, given, reasonOption, releaseOption } from './decision.ts';

const parameters = ['unit', 'environment'];

export const promote = decisionCommand({
  name: 'promote',
  summary:
    'ask for the next release; its gates still decide. With --set, several units (a,b) enter together or not at all',
  parameters,
  options: {
    ...releaseOption,
    set: { type: 'string', value: 'NAME', help: 'bind the units a,b in the environments x,y together' },
  },
  request([unit = '', environment = ''], values) {
    if (typeof values.set !== 'string') {
      return {
        method: 'POST',
        path: placePath(unit, environment, 'promotions'),
        body: given(values, 'release'),
      };
    }
    if (values.release !== undefined)
      throw new InputError('--set takes the releases that are next; leave --release out');
    const body = { units: unit.split(','), environments: environment.split(',') };
    return { method: 'PUT', path: apiPath('sets', values.set), body };
  },
});

export const withdraw = decisionCommand({
  name: 'withdraw',
  summary: 'dissolve a set; its units go their own ways',
  parameters: ['set'],
  request: ([set = '']) => ({ method: 'DELETE', path: apiPath('sets', set) }),
});

export const approve = decisionCommand({
  name: 'approve',
  summary: 'let the release that waits enter',
  parameters,
  options: { ...releaseOption, comment: { type: 'string', value: 'TEXT', help: 'kept in the audit log' } },
  request: ([unit = '', environment = ''], values) => ({
    method: 'POST',
    path: placePath(unit, environment, 'approvals'),
    body: given(values, 'release', 'comment'),
  }),
});

export const rollback = decisionCommand({
  name: 'rollback',
  summary: 'put an older release back and pin it until the hold is released',
  parameters,
  options: { ...releaseOption, ...reasonOption },
  request: ([unit = '', environment = ''], values) => ({
    method: 'POST',
    path: placePath(unit, environment, 'rollbacks'),
    body: given(values, 'release', 'reason'),
  }),
});

export const hold = decisionCommand({
  name: 'hold',
  summary: 'pin a unit to what it has',
  parameters,
  options: reasonOption,
  request: ([unit = '', environment = ''], values) => ({
    method: 'PUT',
    path: placePath(unit, environment, 'hold'),
    body: { reason: 'held at the command line', ...given(values, 'reason') },
  }),
});

export const releaseHold = decisionCommand({
  name: 'release-hold',
  summary: 'let a held unit move again',
  parameters,
  request: ([unit = '', environment = '']) => ({
    method: 'DELETE',
    path: placePath(unit, environment, 'hold'),
  }),
});

export const override = decisionCommand({
  name: 'override',
  summary: 'let one release pass a freeze and closed windows; every other gate still decides',
  parameters,
  options: { ...releaseOption, ...reasonOption },
  request([unit = '', environment = ''], values) {
    if (values.reason === undefined)
      throw new InputError('expected --reason TEXT: an override is kept in the audit log');
    return {
      method: 'PUT',
      path: placePath(unit, environment, 'override'),
      body: given(values, 'release', 'reason'),
    };
  },
});

export const report = decisionCommand({
  name: 'report',
  summary: 'say what a check outside found, for example from a CI job',
  parameters: [...parameters, 'check'],
  options: {
    ...releaseOption,
    ...reasonOption,
    phase: { type: 'string', value: 'PHASE', help: 'passed, failed or pending', default: 'passed' },
  },
  request([unit = '', environment = '', check = ''], values) {
    if (values.release === undefined)
      throw new InputError('expected --release REVISION: a check is about one release');
    const body = { reason: `reported as ${values.phase}`, ...given(values, 'release', 'phase', 'reason') };
    return { method: 'PUT', path: placePath(unit, environment, 'checks', check), body };
  },
});
