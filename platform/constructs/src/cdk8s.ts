/**
 * The one place through which cdk8s comes in. The API level of the Kubernetes types is 1.28, which every supported
 * cluster accepts; a later level is another import here.
 */
export { ApiObject, App, Chart } from 'cdk8s';
export { k8s } from 'cdk8s-plus-28';
export { Construct } from 'constructs';
