import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  AuditEntryView,
  DiffView,
  DoneView,
  FleetView,
  HistoryEntryView,
  MatrixQuery,
  MatrixView,
  UnitView,
  WhoAmIView,
} from '@drydock/plugin-promotion-common';

/** A unit in an environment. */
export interface Place {
  readonly unit: string;
  readonly environment: string;
}

/** What the pages ask of the backend. */
export interface PromotionApi {
  whoAmI(): Promise<WhoAmIView>;
  fleet(): Promise<FleetView>;
  matrix(query: MatrixQuery): Promise<MatrixView>;
  unit(unit: string): Promise<UnitView>;
  diff(place: Place, release?: string): Promise<DiffView>;
  history(query: { unit?: string; environment?: string; limit?: number }): Promise<HistoryEntryView[]>;
  audit(limit: number): Promise<AuditEntryView[]>;
  promote(place: Place, release?: string): Promise<DoneView>;
  approve(place: Place, release?: string, comment?: string): Promise<DoneView>;
  rollback(place: Place, release?: string, reason?: string): Promise<DoneView>;
  hold(place: Place, reason: string): Promise<DoneView>;
  releaseHold(place: Place): Promise<DoneView>;
  override(place: Place, release: string | undefined, reason: string): Promise<DoneView>;
  freeze(environment: string, reason: string): Promise<DoneView>;
  thaw(environment: string): Promise<DoneView>;
}

/** The way to the promotion backend. */
export const promotionApiRef = createApiRef<PromotionApi>({
  id: 'plugin.promotion.client',
});
