import type { CellView, PromotionAction } from '@drydock/plugin-promotion-common';

/** The words of an action: its button, what it does, and what one is asked. */
export interface ActionTexts {
  readonly label: string;
  readonly about: string;
  /** What the text field is for; undefined where nothing is asked. */
  readonly ask?: string;
  readonly askIsRequired?: boolean;
}

/** The words of an action in an environment. */
export function actionTexts(action: PromotionAction, cell: CellView): ActionTexts {
  const { environment, verdict, hold } = cell;
  const next = verdict.candidate?.name ?? 'the next release';
  switch (action) {
    case 'approve':
      return {
        label: `Approve ${next}`,
        about: `Consent to exactly this release for ${environment}. It enters when all gates are open.`,
        ask: 'Comment',
      };
    case 'promote':
      return {
        label: `Ask for ${next}`,
        about: `Put your name to it. Its gates still decide when it enters ${environment}.`,
      };
    case 'rollback':
      return {
        label: 'Roll back',
        about: 'Put an older release back at once, with the exact bytes that ran before, and pin it.',
        ask: 'Reason',
      };
    case 'hold':
      return {
        label: 'Hold',
        about: `Keep what is in ${environment} until the hold is released.`,
        ask: 'Reason',
        askIsRequired: true,
      };
    case 'override':
      return {
        label: 'Override',
        about: `Let ${next} pass the freeze and closed windows of ${environment}. Its other gates still decide.`,
        ask: 'Reason',
        askIsRequired: true,
      };
    default:
      return {
        label: 'Release the hold',
        about: `Let it move again. It is held by ${hold?.by}: ${hold?.reason}`,
      };
  }
}
