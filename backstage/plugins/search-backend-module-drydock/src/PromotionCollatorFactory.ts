import { Readable } from 'node:stream';
import type { DocumentCollatorFactory, IndexableDocument } from '@backstage/plugin-search-common';
import { HistoryEntryView, promotionReadPermission, RowView } from '@drydock/plugin-promotion-common';
import { PORTAL_USER, PromoterClient } from '@drydock/plugin-promotion-node';

const PAGE = 100;
const PROMOTIONS = 500;

/** Documents of type `promotion`: every unit, and the latest promotions. */
export class PromotionCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'promotion';
  readonly visibilityPermission = promotionReadPermission;
  readonly #promoter: Pick<PromoterClient, 'matrix' | 'history'>;

  constructor(promoter: Pick<PromoterClient, 'matrix' | 'history'>) {
    this.#promoter = promoter;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.documents());
  }

  private async *documents(): AsyncGenerator<IndexableDocument> {
    for (let page = 1; ; page += 1) {
      const query = { page, pageSize: PAGE };
      const { rows, total } = await this.#promoter.matrix(query, PORTAL_USER);
      yield* rows.map(unitDocument);
      if (rows.length === 0 || page * PAGE >= total) break;
    }
    const entries = await this.#promoter.history({ limit: PROMOTIONS }, PORTAL_USER);
    yield* entries.map(promotionDocument);
  }
}

function unitDocument({ unit, kind, team }: RowView): IndexableDocument {
  return {
    title: unit,
    text: `${kind} ${unit} of ${team ?? 'platform'}`,
    location: `/promotions/units/${unit}`,
  };
}

function promotionDocument(entry: HistoryEntryView): IndexableDocument {
  const { unit, environment, revision, requestedBy, approvedBy, cause } = entry;
  const approvers = approvedBy.length > 0 ? `, approved by ${approvedBy.join(', ')}` : '';
  return {
    title: `${unit} ${revision.slice(0, 8)} in ${environment}`,
    text: `${cause} of ${unit} to ${environment}, requested by ${requestedBy}${approvers}`,
    location: `/promotions/units/${unit}/${environment}`,
    authorization: { resourceRef: `${environment}/${unit}` },
  };
}
