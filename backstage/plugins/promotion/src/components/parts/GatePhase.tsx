import type { GateView } from '@drydock/plugin-promotion-common';
import styles from './parts.module.css';

const LOOK: Readonly<Record<GateView['phase'], { sign: string; word: string; className: string }>> = {
  passed: { sign: '✓', word: 'open', className: styles.good },
  pending: { sign: '…', word: 'waits', className: styles.busy },
  failed: { sign: '✕', word: 'closed', className: styles.bad },
};

/** Whether a gate is open. */
export const GatePhase = ({ phase }: { readonly phase: GateView['phase'] }) => {
  const { sign, word, className } = LOOK[phase];
  return (
    <span className={`${styles.status} ${className}`}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
};
