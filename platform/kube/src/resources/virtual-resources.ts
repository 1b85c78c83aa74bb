import { type Fields, fieldsAt } from '../model/kube-object.ts';

/** A resource that is only asked: what is created is answered and not kept. */
export interface VirtualResource {
  readonly group: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** @returns the status that answers the question. */
  answer(input: Fields): Fields;
}

const USER = { username: 'drydock-admin', groups: ['system:masters', 'system:authenticated'] };

/** There is one user, who may do everything: RBAC objects are kept but not evaluated. */
const allow = () => ({ allowed: true, reason: 'the only user of an embedded cluster is its administrator' });

/** The resources of access reviews. */
export const VIRTUAL_RESOURCES: readonly VirtualResource[] = [
  review('authorization.k8s.io', 'SelfSubjectAccessReview', false, allow),
  review('authorization.k8s.io', 'SubjectAccessReview', false, allow),
  review('authorization.k8s.io', 'LocalSubjectAccessReview', true, allow),
  review('authorization.k8s.io', 'SelfSubjectRulesReview', false, () => ({
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
    incomplete: false,
  })),
  review('authentication.k8s.io', 'SelfSubjectReview', false, () => ({ userInfo: USER })),
  review('authentication.k8s.io', 'TokenReview', false, () => ({
    authenticated: false,
    error: 'tokens of service accounts are not issued here',
  })),
];

/** @returns the object that answers a review. */
export function answerReview(resource: VirtualResource, input: Fields): Fields {
  const { group, kind } = resource;
  const metadata = { creationTimestamp: null, ...fieldsAt(input, 'metadata') };
  return { ...input, kind, apiVersion: `${group}/v1`, metadata, status: resource.answer(input) };
}

function review(
  group: string,
  kind: string,
  namespaced: boolean,
  answer: (input: Fields) => Fields,
): VirtualResource {
  const singular = kind.toLowerCase();
  return { group, kind, singular, plural: `${singular}s`, namespaced, answer };
}
