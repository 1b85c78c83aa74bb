/**
 * Backend plugins' and modules' way to the promoter.
 *
 * @packageDocumentation
 */
export * from './AssertionSigner';
export * from './identity';
export * from './PromoterClient';
export * from './promotionTargetResource';
export * from './service';
