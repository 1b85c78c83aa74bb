import { expect, it } from 'vitest';
import { stringAt } from '../model/kube-object.ts';
import { BUILTIN_CRDS } from './builtin-crds.ts';

const names = BUILTIN_CRDS.map((each) => stringAt(each, 'metadata', 'name'));

it('has every kind of the catalogue once', () => {
  expect(new Set(names).size).toBe(names.length);
  for (const name of [
    'applications.argoproj.io',
    'kustomizations.kustomize.toolkit.fluxcd.io',
    'ciliumnetworkpolicies.cilium.io',
    'canaries.flagger.app',
    'serviceexports.multicluster.x-k8s.io',
    'clusterpolicies.kyverno.io',
  ])
    expect(names).toContain(name);
});

it('leaves the status of an Application where Argo CD has it: in the object, not in a subresource', () => {
  const application = BUILTIN_CRDS[names.indexOf('applications.argoproj.io')];
  expect(JSON.stringify(application)).not.toContain('subresources');
});
