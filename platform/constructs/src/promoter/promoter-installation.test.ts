import { describe, expect, it } from 'vitest';
import { App, Chart } from '../cdk8s.ts';
import { PromoterInstallation, type PromoterInstallationProps } from './promoter-installation.ts';

const CONFIG = { repository: { url: 'https://git.example.com/fleet.git', tokenFile: 'secrets/token' } };

function objects(props: Partial<PromoterInstallationProps> = {}) {
  const chart = new Chart(new App(), 'promoter');
  new PromoterInstallation(chart, 'promoter', {
    image: 'ghcr.io/harbor/drydock:1',
    config: CONFIG,
    ...props,
  });
  const found = chart.toJson();
  return { found, of: (kind: string) => found.filter((object) => object.kind === kind) };
}

describe('PromoterInstallation', () => {
  it('runs as the restricted pod security standard asks', () => {
    const [deployment] = objects().of('Deployment');
    const { spec } = deployment.spec.template;
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(JSON.stringify(spec)).not.toMatch(/hostPath|hostNetwork|privileged":true/);
  });

  it('may keep its Lease and refresh Applications, and nothing in the whole cluster', () => {
    const { of } = objects();
    expect(of('ClusterRole')).toEqual([]);
    const rules = of('Role').flatMap(({ metadata, rules }) =>
      rules.map((rule: { resources: string[]; verbs: string[] }) =>
        [metadata.namespace, rule.resources.join(), rule.verbs.join()].join(' '),
      ),
    );
    expect(rules).toEqual([
      'drydock leases create',
      'drydock leases get,update',
      'drydock pods patch',
      'argocd applications get,list,watch,patch',
    ]);
  });

  it('is reached where it acts, by those who are named', () => {
    const { of } = objects({ callers: ['backstage', 'gateway'] });
    expect(of('Service')[0].spec.selector).toMatchObject({ 'drydock.dev/acting': 'true' });
    expect(JSON.stringify(of('NetworkPolicy')[0].spec.ingress)).toMatch(/backstage.*gateway/);
  });

  it('restarts with its config, in which the place it runs at has been filled in', () => {
    const annotation = (props?: Partial<PromoterInstallationProps>) =>
      objects(props).of('Deployment')[0].spec.template.metadata.annotations['drydock.dev/config'];
    expect(annotation()).toBe(annotation());
    expect(annotation({ config: { ...CONFIG, poll: '1m' } })).not.toBe(annotation());
    const config = JSON.parse(objects().of('ConfigMap')[0].data['promoter.yaml']);
    expect(config.spec).toMatchObject({
      ...CONFIG,
      hub: {},
      lease: { namespace: 'drydock', labelPod: true },
    });
  });

  it('brings no Secret, and names one', () => {
    const { of } = objects({ secretName: 'elsewhere' });
    expect(of('Secret')).toEqual([]);
    expect(JSON.stringify(of('Deployment')[0])).toContain('"secretName":"elsewhere"');
  });
});
