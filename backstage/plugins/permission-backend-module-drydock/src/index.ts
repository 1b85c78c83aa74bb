/**
 * The permission policy: the access list of the fleet, said in Backstage's words.
 *
 * @packageDocumentation
 */
export { permissionModuleDrydockPolicy as default } from './module';
