/** The signals channel that says: something moved, look again. */
export const PROMOTION_CHANNEL = 'drydock:promotion';

/** What a signal names. It is a hint to load again and carries no state. */
export type PromotionSignal = {
  type: string;
  unit: string | null;
  environment: string | null;
};
