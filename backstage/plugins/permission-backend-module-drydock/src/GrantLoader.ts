import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GrantView } from '@drydock/plugin-promotion-common';
import { PromoterClient, PromoterUser } from '@drydock/plugin-promotion-node';

/** Milliseconds for which a user's grants are not asked for again. */
const FRESH = 3_000;

/** What the fleet grants a user; nothing while the promoter does not answer. */
export class GrantLoader {
  readonly #promoter: Pick<PromoterClient, 'whoAmI'>;
  readonly #logger: LoggerService;
  readonly #known = new Map<
    string,
    { readonly at: number; readonly grants: Promise<readonly GrantView[]> }
  >();

  constructor(promoter: Pick<PromoterClient, 'whoAmI'>, logger: LoggerService) {
    this.#promoter = promoter;
    this.#logger = logger;
  }

  async load(user: PromoterUser): Promise<readonly GrantView[]> {
    const key = JSON.stringify(user);
    const known = this.#known.get(key);
    if (known !== undefined && Date.now() - known.at < FRESH) return known.grants;
    const grants = this.#promoter.whoAmI(user).then(
      me => me.grants,
      error => {
        this.#known.delete(key);
        this.#logger.warn(`the grants of ${user.name} are not known: ${error}`);
        return [];
      },
    );
    this.#known.set(key, { at: Date.now(), grants });
    return grants;
  }
}
