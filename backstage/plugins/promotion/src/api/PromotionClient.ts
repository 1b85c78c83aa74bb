import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type {
  AuditEntryView,
  DoneView,
  HistoryEntryView,
  MatrixQuery,
} from '@drydock/plugin-promotion-common';
import type { Place, PromotionApi } from './PromotionApi';

type Query = Readonly<Record<string, string | number | undefined>>;

/** Talks to `/api/promotion` as the signed-in user. */
export class PromotionClient implements PromotionApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = options.fetchApi;
  }

  whoAmI: PromotionApi['whoAmI'] = () => this.get(['whoami']);

  fleet: PromotionApi['fleet'] = () => this.get(['fleet']);

  matrix: PromotionApi['matrix'] = (query: MatrixQuery) => this.get(['matrix'], { ...query });

  unit: PromotionApi['unit'] = unit => this.get(['units', unit]);

  diff: PromotionApi['diff'] = (place, release) => this.get([...segments(place), 'diff'], { release });

  history: PromotionApi['history'] = async query =>
    (await this.get<{ entries: HistoryEntryView[] }>(['history'], query)).entries;

  audit: PromotionApi['audit'] = async limit =>
    (await this.get<{ entries: AuditEntryView[] }>(['audit'], { limit })).entries;

  promote: PromotionApi['promote'] = (place, release) =>
    this.send('POST', [...segments(place), 'promotions'], { release });

  approve: PromotionApi['approve'] = (place, release, comment) =>
    this.send('POST', [...segments(place), 'approvals'], { release, comment });

  rollback: PromotionApi['rollback'] = (place, release, reason) =>
    this.send('POST', [...segments(place), 'rollbacks'], { release, reason });

  hold: PromotionApi['hold'] = (place, reason) => this.send('PUT', [...segments(place), 'hold'], { reason });

  releaseHold: PromotionApi['releaseHold'] = place => this.send('DELETE', [...segments(place), 'hold']);

  override: PromotionApi['override'] = (place, release, reason) =>
    this.send('PUT', [...segments(place), 'override'], { release, reason });

  freeze: PromotionApi['freeze'] = (environment, reason) =>
    this.send('PUT', ['environments', environment, 'freeze'], { reason });

  thaw: PromotionApi['thaw'] = environment => this.send('DELETE', ['environments', environment, 'freeze']);

  private get<T>(path: readonly string[], query: Query = {}): Promise<T> {
    return this.request(path, query, { method: 'GET' });
  }

  private send(method: 'POST' | 'PUT' | 'DELETE', path: readonly string[], body?: object): Promise<DoneView> {
    return this.request(
      path,
      {},
      {
        method,
        ...(body && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      },
    );
  }

  private async request<T>(path: readonly string[], query: Query, init: RequestInit): Promise<T> {
    const base = await this.#discovery.getBaseUrl('promotion');
    const url = new URL(`${base}/${path.map(encodeURIComponent).join('/')}`);
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') {
        url.searchParams.set(key, String(value));
      }
    }
    const response = await this.#fetch.fetch(url.toString(), init);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}

function segments({ unit, environment }: Place): string[] {
  return ['units', unit, 'environments', environment];
}
