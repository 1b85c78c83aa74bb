import type { Gate } from '@drydock/model';
import type { GateResult } from '../verdict.ts';
import { approvalGate } from './approval-gate.ts';
import type { GateContext } from './gate-context.ts';
import { factKey } from './gate-fact.ts';
import { healthGate } from './health-gate.ts';
import { soakGate } from './soak-gate.ts';
import { windowGate } from './window-gate.ts';

/** What one Gate of an Environment says now. */
export function evaluateGate(gate: Gate, context: GateContext): GateResult {
  switch (gate.type) {
    case 'health':
      return healthGate(context);
    case 'soak':
      return soakGate(gate, context);
    case 'approval':
      return approvalGate(gate, context);
    case 'window':
      return windowGate(gate, context);
    case 'check':
    case 'policy':
    case 'metric':
      return namedGate(gate, context);
  }
}

type NamedGate = Extract<Gate, { readonly name: string }>;

/** A Gate that is judged elsewhere: by a report that somebody sent, or by a fact that the promoter has found out. */
function namedGate(gate: NamedGate, context: GateContext): GateResult {
  const type = `${gate.type} ${gate.name}`;
  const report = gate.type === 'check' ? context.checks.find(({ name }) => name === gate.name) : undefined;
  if (report !== undefined)
    return { type, phase: report.phase, reason: `${report.reason} (reported by ${report.by})` };
  const fact = context.facts.get(factKey(gate, context.environment, context.release.id));
  if (fact !== undefined) return { type, ...fact };
  const waitsForReport = gate.type === 'check' && gate.url === undefined;
  return {
    type,
    phase: 'pending',
    reason: waitsForReport ? 'nobody has reported it yet' : 'being looked at',
  };
}
