import { ServiceUnavailableError } from '@backstage/errors';
import {
  auditEntryView,
  ChangeRequest,
  changeView,
  ChangeView,
  diffView,
  DiffView,
  doneView,
  DoneView,
  fileView,
  FileView,
  fleetView,
  FleetView,
  historyEntryView,
  HistoryEntryView,
  AuditEntryView,
  MatrixQuery,
  matrixView,
  MatrixView,
  unitView,
  UnitView,
  whoAmIView,
  WhoAmIView,
} from '@drydock/plugin-promotion-common';
import { z } from 'zod';
import type { AssertionSigner, PromoterUser } from './AssertionSigner';
import { errorOf } from './problem';

/** One call of the promoter's API. */
export interface PromoterRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments below `/api/v1`; each is escaped. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** On whose behalf. */
  readonly user: PromoterUser;
  readonly signal?: AbortSignal;
}

/** Options of {@link PromoterClient}. */
export interface PromoterClientOptions {
  readonly baseUrl: string;
  readonly signer: AssertionSigner;
  readonly fetch?: typeof fetch;
  /** Milliseconds to wait for an answer. */
  readonly timeout?: number;
}

const entries = <T extends z.ZodType>(schema: T) => z.object({ entries: z.array(schema) });

/** The promoter's HTTP API. Answers are checked; refusals become the errors of `@backstage/errors`. */
export class PromoterClient {
  readonly #options: PromoterClientOptions;

  constructor(options: PromoterClientOptions) {
    this.#options = options;
  }

  whoAmI(user: PromoterUser): Promise<WhoAmIView> {
    return this.call(whoAmIView, { method: 'GET', path: ['whoami'], user });
  }

  fleet(user: PromoterUser): Promise<FleetView> {
    return this.call(fleetView, { method: 'GET', path: ['fleet'], user });
  }

  matrix(query: MatrixQuery, user: PromoterUser): Promise<MatrixView> {
    return this.call(matrixView, {
      method: 'GET',
      path: ['matrix'],
      query: { ...query },
      user,
    });
  }

  unit(unit: string, user: PromoterUser): Promise<UnitView> {
    return this.call(unitView, { method: 'GET', path: ['units', unit], user });
  }

  diff(
    place: { unit: string; environment: string; release?: string },
    user: PromoterUser,
  ): Promise<DiffView> {
    const { unit, environment, release } = place;
    return this.call(diffView, {
      method: 'GET',
      path: ['units', unit, 'environments', environment, 'diff'],
      query: { release },
      user,
    });
  }

  async history(
    query: { unit?: string; environment?: string; limit?: number },
    user: PromoterUser,
  ): Promise<HistoryEntryView[]> {
    const path = ['history'];
    const answer = await this.call(entries(historyEntryView), {
      method: 'GET',
      path,
      query,
      user,
    });
    return answer.entries;
  }

  async audit(limit: number, user: PromoterUser): Promise<AuditEntryView[]> {
    const answer = await this.call(entries(auditEntryView), {
      method: 'GET',
      path: ['audit'],
      query: { limit },
      user,
    });
    return answer.entries;
  }

  /** Records a decision: a request, an approval, a rollback, a hold or a freeze. */
  decide(
    request: Omit<PromoterRequest, 'method'> & {
      readonly method: 'POST' | 'PUT' | 'DELETE';
    },
  ): Promise<DoneView> {
    return this.call(doneView, request);
  }

  /** A file of the fleet at the head of main. */
  file(path: string, user: PromoterUser): Promise<FileView> {
    return this.call(fileView, { method: 'GET', path: ['files'], query: { path }, user });
  }

  /** Changes files of the fleet; the promoter checks access and the whole fleet first. */
  change(request: ChangeRequest, user: PromoterUser): Promise<ChangeView> {
    return this.call(changeView, { method: 'POST', path: ['changes'], body: request, user });
  }

  /** Any operation whose answer has a known shape. */
  async call<T extends z.ZodType>(schema: T, request: PromoterRequest): Promise<z.infer<T>> {
    const response = await this.send(request, this.#options.timeout ?? 15_000);
    const parsed = schema.safeParse(await response.json());
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new ServiceUnavailableError(
      `the promoter's answer to ${request.path.join('/')} has an unknown shape: ` +
        `${issue?.path.join('.')}: ${issue?.message}`,
    );
  }

  /** The stream of events after a given one; ends when the promoter ends it. */
  async events(since: number, signal: AbortSignal): Promise<Response> {
    return this.send({
      method: 'GET',
      path: ['events'],
      query: { since },
      user: { name: 'portal', groups: [] },
      signal,
    });
  }

  private async send(request: PromoterRequest, timeout?: number): Promise<Response> {
    const { baseUrl, signer, fetch: fetchFn = fetch } = this.#options;
    const path = request.path.map(encodeURIComponent).join('/');
    const url = new URL(`${baseUrl}/api/v1/${path}`);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const token = await signer.sign(request.user).catch(cause => {
      throw new ServiceUnavailableError(
        'the key that is shared with the promoter cannot be read; has the fleet been started?',
        cause,
      );
    });
    const response = await fetchFn(url, {
      method: request.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(request.body !== undefined && {
          'content-type': 'application/json',
        }),
      },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: request.signal ?? (timeout === undefined ? undefined : AbortSignal.timeout(timeout)),
    }).catch(cause => {
      throw new ServiceUnavailableError(`the promoter at ${baseUrl} does not answer`, cause);
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}
