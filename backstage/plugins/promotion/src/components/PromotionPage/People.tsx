import type { VerdictView } from '@drydock/plugin-promotion-common';
import styles from './PromotionPage.module.css';

/** Requester, approvers and executor: three roles, never mixed. */
export const People = ({ verdict }: { readonly verdict: VerdictView }) => (
  <dl className={styles.people}>
    <div>
      <dt>Change by</dt>
      <dd>{verdict.candidate?.requestedBy ?? '–'}</dd>
    </div>
    <div>
      <dt>Requested by</dt>
      <dd>{verdict.requestedBy || '–'}</dd>
    </div>
    <div>
      <dt>Approved by</dt>
      <dd>{verdict.approvedBy.join(', ') || 'nobody yet'}</dd>
    </div>
    <div>
      <dt>Executed by</dt>
      <dd>the promoter, when every gate is open</dd>
    </div>
  </dl>
);
