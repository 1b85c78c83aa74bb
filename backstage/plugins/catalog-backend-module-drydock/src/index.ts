/**
 * The fleet in the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleDrydock as default } from './module';
