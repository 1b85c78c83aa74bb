import { stringify } from 'yaml';

/** What a kubeconfig is made of. */
export interface KubeconfigParts {
  readonly name: string;
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
}

/** @returns a kubeconfig document whose one context is `drydock-<name>`. */
export function kubeconfigOf({ name, url, caPem, token }: KubeconfigParts): string {
  const context = `drydock-${name}`;
  const authority = Buffer.from(caPem).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server: url, 'certificate-authority-data': authority } }],
    users: [{ name: context, user: { token } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  });
}
