import { type KubeObject, listAt } from '../../model/kube-object.ts';
import { NOTHING, type Outcome, type Rule } from '../rule.ts';

const INGRESSES = 'ingresses.networking.k8s.io';

/** An Ingress gets an address at once; the name says that nothing listens there. */
export const ingressRule: Rule = {
  resource: INGRESSES,
  decide: (ingress) => giveAddress(ingress, INGRESSES),
};

/** @returns the status of something that is balanced, unless it has an address already. */
export function giveAddress(object: KubeObject, resource: string): Outcome {
  if (listAt(object, 'status', 'loadBalancer', 'ingress').length > 0) return NOTHING;
  // `.invalid` never resolves, https://www.rfc-editor.org/rfc/rfc2606
  const hostname = `${object.metadata.name}.${object.metadata.namespace}.simulated.invalid`;
  return {
    actions: [{ do: 'status', resource, of: object, status: { loadBalancer: { ingress: [{ hostname }] } } }],
  };
}
