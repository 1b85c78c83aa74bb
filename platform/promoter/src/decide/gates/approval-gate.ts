import { durationMilliseconds, type Gate } from '@drydock/model';
import type { Approval } from '../../state/state.ts';
import type { GateResult } from '../verdict.ts';
import type { GateContext } from './gate-context.ts';

type ApprovalGate = Extract<Gate, { type: 'approval' }>;

/** Open when enough different people have approved exactly this Release; nobody who requested it counts. */
export function approvalGate(gate: ApprovalGate, context: GateContext): GateResult {
  const approvers = countedApprovers(gate, context);
  const people = approvers.length === 0 ? '' : ` (${approvers.join(', ')})`;
  if (approvers.length >= gate.count)
    return { type: 'approval', phase: 'passed', reason: `approved by ${approvers.join(', ')}` };
  const requesters = context.requesters.join(' and ');
  const wanted = `${approvers.length} of ${gate.count} approvals${gate.group === undefined ? '' : ` by ${gate.group}`}`;
  const reason = `${wanted}${people}; requested by ${requesters}, who cannot approve it`;
  return { type: 'approval', phase: 'pending', reason };
}

/** The different people whose approval counts now, sorted. */
export function countedApprovers(gate: ApprovalGate, context: GateContext): readonly string[] {
  const counted = context.approvals.filter((approval) => counts(approval, gate, context));
  return [...new Set(counted.map(({ by }) => by))].sort();
}

function counts(approval: Approval, gate: ApprovalGate, context: GateContext): boolean {
  const age = context.now - Date.parse(approval.at);
  const expired = gate.expires !== undefined && age > durationMilliseconds(gate.expires);
  const isMember = gate.group === undefined || approval.groups.includes(gate.group);
  const isRequester = context.requesters.includes(approval.by);
  return approval.release === context.release.id && isMember && !expired && !isRequester;
}
