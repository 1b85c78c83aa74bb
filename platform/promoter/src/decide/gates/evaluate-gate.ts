import type { Gate } from '@drydock/model';
import type { GateResult } from '../verdict.ts';
import { approvalGate } from './approval-gate.ts';
import type { GateContext } from './gate-context.ts';
import { healthGate } from './health-gate.ts';
import { soakGate } from './soak-gate.ts';

/** What one Gate of an Environment says now. */
export function evaluateGate(gate: Gate, context: GateContext): GateResult {
  switch (gate.type) {
    case 'health':
      return healthGate(context);
    case 'soak':
      return soakGate(gate, context);
    case 'approval':
      return approvalGate(gate, context);
  }
}
