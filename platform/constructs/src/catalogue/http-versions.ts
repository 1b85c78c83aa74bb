import { UnavailableError } from '@drydock/model';
import { parse } from 'yaml';
import { z } from 'zod';
import type { VersionSource } from './outdated-addons.ts';

/** How an {@link httpVersions} source talks. */
export interface HttpVersionsOptions {
  /** @default the platform's fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds for one answer. @default 10_000 */
  readonly timeout?: number;
}

const indexSchema = z.object({
  entries: z.record(z.string(), z.array(z.object({ version: z.coerce.string() }))),
});
const tagsSchema = z.object({ tags: z.array(z.string()).nullable() });
const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });
const githubTagsSchema = z.array(z.object({ name: z.string() }));

/**
 * Published versions over HTTP: `index.yaml` of a chart repository (https://helm.sh/docs/topics/chart_repository/), the
 * tag list of an OCI registry with an anonymous token
 * (https://distribution.github.io/distribution/spec/auth/token/), and the tags of a repository on GitHub.
 */
export function httpVersions(options: HttpVersionsOptions = {}): VersionSource {
  const get = getter(options);
  return {
    async chartVersions({ repository, name }) {
      if (repository.startsWith('oci://'))
        return registryTags(get, `${repository.slice(6).replace(/\/$/, '')}/${name}`);
      const text = await (await get(`${repository.replace(/\/$/, '')}/index.yaml`)).text();
      const { entries } = indexSchema.parse(parse(text, { maxAliasCount: 0 }));
      return (entries[name] ?? []).map(({ version }) => version);
    },
    async gitTags({ repository }) {
      const [, path] = /^https:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(repository) ?? [];
      if (path === undefined)
        throw new UnavailableError(`only tags on github.com can be looked up, got ${repository}`);
      const answer = await get(`https://api.github.com/repos/${path}/tags?per_page=100`);
      return githubTagsSchema.parse(await answer.json()).map(({ name }) => name);
    },
  };
}

type Get = (
  url: string,
  headers?: Readonly<Record<string, string>>,
  accept?: readonly number[],
) => Promise<Response>;

function getter({ fetch = globalThis.fetch, timeout = 10_000 }: HttpVersionsOptions): Get {
  return async (url, headers = {}, accept = [200]) => {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(timeout) }).catch(
      (cause: unknown) => {
        throw new UnavailableError(`failed to get ${url}`, { cause });
      },
    );
    if (accept.includes(answer.status)) return answer;
    throw new UnavailableError(`failed to get ${url}: expected status 200, got ${answer.status}`);
  };
}

async function registryTags(get: Get, path: string): Promise<readonly string[]> {
  const [host = '', ...rest] = path.split('/');
  const url = `https://${host}/v2/${rest.join('/')}/tags/list?n=1000`;
  const first = await get(url, {}, [200, 401]);
  if (first.status === 200) return tagsSchema.parse(await first.json()).tags ?? [];
  const challenge = first.headers.get('www-authenticate') ?? '';
  const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const query = new URLSearchParams({ service: field('service'), scope: field('scope') });
  const { token, access_token } = tokenSchema.parse(await (await get(`${field('realm')}?${query}`)).json());
  const second = await get(url, { authorization: `Bearer ${token ?? access_token ?? ''}` });
  return tagsSchema.parse(await second.json()).tags ?? [];
}
