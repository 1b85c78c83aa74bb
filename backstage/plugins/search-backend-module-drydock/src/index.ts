/**
 * Units of the fleet in the search.
 *
 * @packageDocumentation
 */
export { searchModuleDrydock as default } from './module';
