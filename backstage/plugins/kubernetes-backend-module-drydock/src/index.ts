/**
 * The clusters of the local fleet for the Kubernetes plugin.
 *
 * @packageDocumentation
 */
export { kubernetesModuleDrydock as default } from './module';
