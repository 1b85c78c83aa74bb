import { FleetView, parseTargetRef, PromotionTarget } from '@drydock/plugin-promotion-common';
import { PORTAL_USER, PromoterClient } from '@drydock/plugin-promotion-node';

/** Milliseconds for which the files of the fleet are not asked for again. */
const FRESH = 5_000;

/** Finds out which team owns the unit that a permission is about. */
export class TargetLoader {
  readonly #promoter: Pick<PromoterClient, 'fleet'>;
  #fleet: { readonly at: number; readonly value: Promise<FleetView> } | undefined;

  constructor(promoter: Pick<PromoterClient, 'fleet'>) {
    this.#promoter = promoter;
  }

  /** In the order of the refs. */
  async load(refs: readonly string[]): Promise<PromotionTarget[]> {
    const { units } = await this.fleet();
    return refs.map(ref => {
      const target = parseTargetRef(ref);
      const team = units.find(({ name }) => name === target.unit)?.team;
      return team === undefined ? target : { ...target, team };
    });
  }

  private fleet(): Promise<FleetView> {
    if (this.#fleet === undefined || Date.now() - this.#fleet.at > FRESH) {
      const value = this.#promoter.fleet(PORTAL_USER);
      this.#fleet = { at: Date.now(), value };
      value.catch(() => {
        this.#fleet = undefined;
      });
    }
    return this.#fleet.value;
  }
}
