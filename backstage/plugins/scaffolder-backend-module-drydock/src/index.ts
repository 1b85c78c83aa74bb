/**
 * The actions of the templates: each changes the files of the fleet in one commit, or says what it would change.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDrydock as default } from './module';
