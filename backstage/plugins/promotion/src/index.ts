/**
 * The promotion plugin: what is where in the fleet, what waits for what, and the means to decide.
 *
 * @packageDocumentation
 */
export { promotionPlugin as default } from './plugin';
export { promotionApiRef, type PromotionApi } from './api/PromotionApi';
