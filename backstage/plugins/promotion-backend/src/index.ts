/**
 * The backend of the promotion plugin: shows the promoter to signed-in users, and lets them decide.
 *
 * @packageDocumentation
 */
export { promotionPlugin as default } from './plugin';
