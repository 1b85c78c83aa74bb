import { InputError, UnavailableError } from '@drydock/model';
import type {
  AuditEntryView,
  DiffView,
  HistoryEntryView,
  MatrixView,
  PromoterEvent,
  ReleaseView,
  RowView,
  VerdictView,
} from '@drydock/promoter';
import { parseServerEvents } from './server-events.ts';

export interface PromoterAddress {
  readonly url: string;
  readonly token: string;
}

/** What the promoter refused, and why, in its own words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** The promoter's HTTP API; see `/openapi.json` there. */
export class PromoterClient {
  readonly #address: PromoterAddress;
  readonly #signal: AbortSignal;

  constructor(address: PromoterAddress, signal: AbortSignal) {
    this.#address = address;
    this.#signal = signal;
  }

  matrix(query: Query = {}): Promise<MatrixView> {
    return this.#get('/matrix', { pageSize: 500, ...query });
  }

  unit(unit: string): Promise<RowView & { readonly releases: readonly ReleaseView[] }> {
    return this.#get(apiPath('units', unit));
  }

  async plan(query: Query): Promise<readonly VerdictView[]> {
    return (await this.#get<{ readonly verdicts: readonly VerdictView[] }>('/plan', query)).verdicts;
  }

  diff(unit: string, environment: string, release: string | undefined): Promise<DiffView> {
    return this.#get(placePath(unit, environment, 'diff'), { release });
  }

  async history(query: Query): Promise<readonly HistoryEntryView[]> {
    return (await this.#get<{ readonly entries: readonly HistoryEntryView[] }>('/history', query)).entries;
  }

  async audit(query: Query): Promise<readonly AuditEntryView[]> {
    return (await this.#get<{ readonly entries: readonly AuditEntryView[] }>('/audit', query)).entries;
  }

  /** Records a decision. @param path below `/api/v1`, see {@link apiPath} @returns what was done, in one sentence */
  async decide(method: 'POST' | 'PUT' | 'DELETE', path: string, body: object = {}): Promise<Done> {
    const init = method === 'DELETE' ? { method } : { method, body: JSON.stringify(body) };
    return (await this.#fetch(path, init)).json() as Promise<Done>;
  }

  /** What happens, from an event number on, until the signal of this client aborts. */
  async *events(since: number): AsyncGenerator<{ readonly id: number; readonly event: PromoterEvent }> {
    const response = await this.#fetch(`/events?since=${since}`, {});
    if (response.body === null) return;
    for await (const { id, data } of parseServerEvents(response.body)) {
      yield { id: Number(id), event: JSON.parse(data) as PromoterEvent };
    }
  }

  async #get<T>(path: string, query: Query = {}): Promise<T> {
    const parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(query))
      if (value !== undefined) parameters.set(key, String(value));
    const response = await this.#fetch(parameters.size === 0 ? path : `${path}?${parameters}`, {});
    return response.json() as Promise<T>;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#address.token}`, 'content-type': 'application/json' };
    const url = `${this.#address.url}/api/v1${path}`;
    const response = await fetch(url, { ...init, headers, signal: this.#signal }).catch((cause: unknown) => {
      if (this.#signal.aborted) throw cause;
      throw new UnavailableError(
        `the promoter at ${this.#address.url} does not answer; is the fleet running? "make up" starts it`,
        { cause },
      );
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { readonly detail?: string };
    if (response.status === 401)
      throw new InputError(`the promoter at ${this.#address.url} does not know this token`);
    throw new RefusedError(response.status, problem.detail ?? `the promoter answered ${response.status}`);
  }
}

export interface Done {
  readonly done: string;
  readonly verdict?: VerdictView;
}

/** A path of the API from its parts, each of them encoded. */
export function apiPath(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}

/** The path of a unit in an environment, and of what belongs to it. */
export function placePath(unit: string, environment: string, ...rest: readonly string[]): string {
  return apiPath('units', unit, 'environments', environment, ...rest);
}
