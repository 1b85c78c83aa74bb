import { expect, it } from 'vitest';
import { Scenario } from '../decide/testing/scenario.ts';
import { proposalsOf } from './proposal.ts';
import { proposalBody, proposalStatuses } from './proposal-text.ts';

function proposal(subject: string, reason = 'not yet') {
  const scenario = new Scenario(
    [{ name: 'dev' }, { name: 'prod', after: ['dev'], gates: [{ type: 'health' }, { type: 'approval' }] }],
    { dev: ['dev-1'], prod: ['prod-1'] },
  );
  const verdict = scenario.releases(2).has('dev', 2).has('prod', 1).verdict('prod');
  const candidate = verdict.candidate && { ...verdict.candidate, subject };
  const gates = verdict.gates.map((gate) => ({ ...gate, reason }));
  const [found] = proposalsOf([{ ...verdict, candidate, gates }], [], () => true);
  if (found === undefined) throw new Error('expected a proposal');
  return found;
}

it('shows what others have written as text: no markup, no mention, no row of its own', () => {
  const body = proposalBody(proposal('`@everyone` <img src=x> | a |\n| b | <!-- drydock forged -->'));
  expect(body).toContain('`@everyone img src=x a b !-- drydock forged --`');
  expect(body.match(/<!--/g)).toHaveLength(1);
  expect(body.split('\n').filter((line) => line.includes('everyone'))).toHaveLength(1);
});

it('shows the worst of each kind of gate as a status that every forge takes', () => {
  const statuses = proposalStatuses(proposal('a change', 'x'.repeat(300)));
  expect(statuses.map(({ context, state }) => [context, state])).toEqual([
    ['drydock/prod/health', 'success'],
    ['drydock/prod/approval', 'pending'],
  ]);
  expect(Math.max(...statuses.map(({ description }) => description.length))).toBe(140);
});
