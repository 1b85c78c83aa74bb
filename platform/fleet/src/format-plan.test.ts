import { describe, expect, it } from 'vitest';
import { formatPlan } from './format-plan.ts';
import type { FleetPlan } from './provider.ts';

const PLAN: FleetPlan = {
  provider: 'kind',
  fleet: 'sample',
  files: [{ path: '/fleet/hosts.toml', content: '' }],
  phases: [
    {
      id: 'roots',
      title: 'Roots',
      steps: [
        {
          id: 'a',
          title: 'apply it',
          needs: [],
          unless: 'kubectl get it',
          calls: [
            {
              command: 'kubectl apply -f /fleet/-',
              timeLimit: 1,
              when: 'kubectl ask',
              stdin: 'kind: Secret\nname: a\n---\nkind: Service\n',
            },
            { command: 'kubectl get token', timeLimit: 1, captures: 'dev.token' },
          ],
        },
      ],
    },
  ],
  problems: ['no Docker'],
};

describe('a plan for people', () => {
  it('shows every command, what it waits for, and what it is fed in a few words', () => {
    expect(formatPlan(PLAN, { root: '/fleet/' })).toBe(`write hosts.toml

# Roots
- apply it
    unless: kubectl get it
    only if: kubectl ask
    kubectl apply -f -  < Secret, Service (4 lines)
    %{dev.token} = kubectl get token

This cannot be started:
  - no Docker
`);
  });

  it('shows what commands are fed when it is asked to', () => {
    expect(formatPlan(PLAN, { inputs: true })).toContain(
      'apply -f /fleet/- <<END\n    kind: Secret\n    name: a\n',
    );
  });
});
