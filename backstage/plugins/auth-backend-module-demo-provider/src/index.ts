/**
 * Sign-in for a fleet on one machine: pick one of the demo users.
 *
 * @packageDocumentation
 */
export { authModuleDemoProvider as default } from './module';
