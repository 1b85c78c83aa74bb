import type { CellView, ReleaseView } from './views';

/** What a person can do with a unit in an environment. */
export type PromotionAction = 'promote' | 'approve' | 'rollback' | 'hold' | 'releaseHold' | 'override';

/** Whether an action makes sense and is permitted now; if not, why. */
export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };

/** Everything the decision needs. */
export interface AvailabilityInput {
  readonly cell: CellView;
  /** The newest first. */
  readonly releases: readonly ReleaseView[];
  /** Name of the signed-in user. */
  readonly user: string;
  readonly permitted: Readonly<Record<PromotionAction, boolean>>;
}

const ROLE: Record<PromotionAction, string> = {
  promote: 'deployer',
  approve: 'approver',
  rollback: 'deployer',
  hold: 'deployer',
  releaseHold: 'deployer',
  override: 'admin',
};

const yes: Availability = { available: true };
const no = (reason: string): Availability => ({ available: false, reason });

/**
 * The one decision tree behind every button. It explains; the promoter decides again when the button is pressed.
 */
export function availabilityOf(action: PromotionAction, input: AvailabilityInput): Availability {
  const { cell } = input;
  if (!input.permitted[action]) {
    return no(`You need the role ${ROLE[action]} in ${cell.environment}.`);
  }
  switch (action) {
    case 'promote':
      return promotable(input);
    case 'approve':
      return approvable(input);
    case 'rollback':
      return rollbackTargets(input).length > 0
        ? yes
        : no(`No older release was in ${cell.environment} before.`);
    case 'hold':
      return holdable(input);
    case 'override':
      return overridable(cell) ? yes : no('Neither a freeze nor a closed window stops it.');
    default:
      return cell.hold ? yes : no('It is not held.');
  }
}

/** The releases that a rollback can go to: older than what is active. */
export function rollbackTargets({
  cell,
  releases,
}: Pick<AvailabilityInput, 'cell' | 'releases'>): readonly ReleaseView[] {
  const current = cell.release?.sequence;
  if (current === undefined) return [];
  return releases.filter(({ sequence }) => sequence < current);
}

/** Whether a freeze or a closed window stops a release; nothing else can be overridden. */
export function overridable({ verdict }: CellView): boolean {
  const { candidate, action, reasons, gates } = verdict;
  const closed = gates.some(({ type, phase }) => type === 'window' && phase !== 'passed');
  const frozen = reasons.some(({ code }) => code === 'freeze');
  return candidate !== undefined && action !== 'current' && (closed || frozen);
}

function promotable({ cell, user }: AvailabilityInput): Availability {
  const { verdict, hold, environment } = cell;
  if (hold) return no(`Held by ${hold.by}: ${hold.reason}. Release the hold first.`);
  const frozen = verdict.reasons.find(({ code }) => code === 'freeze');
  if (frozen) return no(`${environment} is ${frozen.message}.`);
  if (verdict.action === 'current' || !verdict.candidate) {
    return no(sentence(verdict.reasons[0]?.message) ?? 'There is nothing to promote.');
  }
  if (verdict.action === 'promote') return no('It is on its way already.');
  if (verdict.requestedBy === user) {
    return no('You have asked for it; it enters when its gates are open.');
  }
  return yes;
}

function approvable({ cell, user }: AvailabilityInput): Availability {
  const { verdict } = cell;
  const gate = verdict.gates.find(({ type }) => type === 'approval');
  if (!verdict.candidate || !gate) return no('Nothing waits for an approval here.');
  if (gate.phase === 'passed') return no(`${sentence(gate.reason)}`);
  if (user === verdict.requestedBy || user === verdict.candidate.requestedBy) {
    return no('You asked for this release, so somebody else has to approve it.');
  }
  if (verdict.approvedBy.includes(user)) {
    return no('You have approved it; it needs another approval.');
  }
  return yes;
}

function holdable({ cell }: AvailabilityInput): Availability {
  if (cell.hold) return no(`Held by ${cell.hold.by} already.`);
  return cell.release ? yes : no(`It is not in ${cell.environment}.`);
}

function sentence(text: string | undefined): string | undefined {
  if (!text) return undefined;
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
