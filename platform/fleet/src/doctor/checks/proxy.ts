import type { Check } from '../check.ts';

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'];
/** What must never go through a proxy: this machine, and services inside of a cluster. */
const DIRECT = ['127.0.0.1', '.svc', '.internal'];

/** https://kind.sigs.k8s.io/docs/user/quick-start/#configure-kind-to-use-a-proxy: nodes inherit these variables. */
export const proxyCheck: Check = {
  name: 'proxy',
  title: 'proxies',
  codes: ['DRY126'],
  target: 'kind',
  async run({ env }) {
    const proxy = PROXIES.find((name) => (env[name] ?? '') !== '');
    if (proxy === undefined) return [];
    const direct = (env.NO_PROXY ?? env.no_proxy ?? '').split(',').map((host) => host.trim());
    const missing = DIRECT.filter((host) => !direct.includes(host) && !direct.includes('*'));
    if (missing.length === 0) return [];
    const found = `${proxy} is set, and NO_PROXY does not name ${missing.join(', ')}; nodes inherit both`;
    const remedy = `export NO_PROXY=${[...direct.filter(Boolean), ...missing].join(',')}`;
    return [{ code: 'DRY126', severity: 'warning', subject: proxy, found, remedy }];
  },
};
