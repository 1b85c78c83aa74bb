import type { DoneView, PromotionAction } from '@drydock/plugin-promotion-common';
import type { Place, PromotionApi } from '../../api/PromotionApi';

/** A decision as it is sent: about exactly the release that was on the screen. */
export interface Decision {
  readonly action: PromotionAction;
  readonly place: Place;
  readonly release?: string;
  readonly text: string;
}

/** Sends a decision. */
export function decide(api: PromotionApi, { action, place, release, text }: Decision): Promise<DoneView> {
  const words = text === '' ? undefined : text;
  switch (action) {
    case 'approve':
      return api.approve(place, release, words);
    case 'promote':
      return api.promote(place, release);
    case 'rollback':
      return api.rollback(place, release, words);
    case 'override':
      return api.override(place, release, text);
    case 'hold':
      return api.hold(place, text);
    default:
      return api.releaseHold(place);
  }
}
