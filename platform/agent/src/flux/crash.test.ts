import { expect, it } from 'vitest';
import { configMap, yaml } from '../argocd/hub-fixture.ts';
import { type KubeObject, stringAt } from '../cluster/kube-object.ts';
import { FluxFixture } from './flux-fixture.ts';

const web = 'Kustomization/flux-system/web';
const applied = (object: KubeObject | undefined) => stringAt(object, 'status', 'lastAppliedRevision');

it.each(Array.from({ length: 8 }, (_, index) => index + 1))(
  'an agent that dies at write %i of an update is taken over without loss and without a false report',
  async (at) => {
    const fixture = new FluxFixture();
    await fixture.controller.start();
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a'), configMap('old')) });
    fixture.createSource();
    fixture.create('web');
    await fixture.condition(web, { status: 'True' });
    await fixture.controller.idle();
    let writes = 0;
    fixture.cluster.refuse = () => {
      writes += 1;
      return writes >= at ? new Error('the agent is dead') : undefined;
    };
    const changed = { ...configMap('a'), data: { key: 'new' } };
    const commit = fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(changed, configMap('b')) });
    const revision = `env/edge@sha1:${commit}`;
    fixture.request('GitRepository/flux-system/fleet', 'now');
    await fixture.controller.idle();
    const isComplete = (): boolean =>
      fixture.cluster.read('ConfigMap/shop/b') !== undefined &&
      fixture.cluster.read('ConfigMap/shop/old') === undefined;
    expect(applied(fixture.cluster.read(web)) === revision && !isComplete()).toBe(false);
    fixture.cluster.refuse = () => undefined;
    await fixture.restart();
    await fixture.cluster.until(() => applied(fixture.cluster.read(web)) === revision || undefined);
    expect(isComplete()).toBe(true);
    expect(fixture.cluster.read('ConfigMap/shop/a')?.data).toEqual({ key: 'new' });
    await fixture.controller.close();
  },
);
