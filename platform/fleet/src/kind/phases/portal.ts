import { join } from 'node:path';
import { isLocalGit } from '../git-access.ts';
import { ids, type PlanContext } from '../plan/context.ts';
import { type Call, MINUTE, type Phase } from '../plan/step.ts';

/** The portal, beside the promoter that it talks to. Where the promoter runs elsewhere, so does the portal. */
export function portalPhase({ fleet, owner, profile }: PlanContext): Phase {
  const title = 'Portal';
  if (!profile.portal || !isLocalGit(fleet.repository)) return { id: 'portal', title, steps: [] };
  const script = join(owner.root, 'scripts', 'kind-control.ts');
  const start: Call = { tool: 'node', args: [script, 'portal'], timeLimit: 15 * MINUTE };
  const step = { id: 'portal/start', title: 'start the portal', needs: [ids.gitServer], calls: [start] };
  return { id: 'portal', title, steps: [step] };
}
