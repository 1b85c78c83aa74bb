import { describe, expect, it } from 'vitest';
import { findService } from './find-service.ts';
import { SCREENS } from './screens.ts';

const metadata = { name: 'argo-cd-argocd-server', namespace: 'argocd' };
const ports = [
  { name: 'http', port: 80 },
  { name: 'https', port: 443 },
];

describe('finding the Service of a screen', () => {
  it('takes the port that the screen wants', () => {
    const json = JSON.stringify({ items: [{ metadata, spec: { ports } }] });
    expect(findService(json, SCREENS.argocd, 'hub')).toEqual({ ...metadata, port: 443 });
  });

  it('takes the first port where it has no wish', () => {
    const json = JSON.stringify({ items: [{ metadata, spec: { ports: [{ port: 3000 }] } }] });
    expect(findService(json, SCREENS.grafana, 'dev').port).toBe(3000);
  });

  it('names the addon that would bring it', () => {
    expect(() => findService('{"items": []}', SCREENS.hubble, 'dev')).toThrow(
      'Hubble is not on dev: give the cluster the label "addon.drydock.dev/cilium: enabled"',
    );
  });
});
