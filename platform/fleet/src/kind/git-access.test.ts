import { describe, expect, it } from 'vitest';
import { isLocalGit, withGitHost } from './git-access.ts';

/** What kubeadm writes (kubernetes, `cmd/kubeadm/app/phases/addons/dns/manifests.go`). */
const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    reload
}
`;

describe('the name of the git server on a cluster', () => {
  const changed = withGitHost(COREFILE);

  it('is added to the Corefile, and the rest stays as it was', () => {
    const line = '    rewrite stop name exact git.drydock.internal git.drydock-system.svc.cluster.local\n';
    expect(changed).toBe(COREFILE.replace('.:53 {\n', `.:53 {\n${line}`));
  });

  it('is not added twice', () => {
    expect(withGitHost(changed)).toBe(changed);
  });

  it('replaces an older rule for the same name', () => {
    const older = changed.replace('git.drydock-system', 'git.elsewhere');
    expect(withGitHost(older)).toBe(changed);
  });

  it('leaves a Corefile alone that is not understood', () => {
    expect(withGitHost('example.org {\n}\n')).toBe('example.org {\n}\n');
  });

  it.each([
    ['http://git.drydock.internal/harbor.git', true],
    ['https://github.com/acme/harbor.git', false],
  ])('is only needed for the local git server: %s', (repository, local) => {
    expect(isLocalGit(repository)).toBe(local);
  });
});
