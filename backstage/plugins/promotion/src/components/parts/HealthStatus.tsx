import type { Health } from '@drydock/plugin-promotion-common';
import styles from './parts.module.css';

const LOOK: Readonly<Record<Health, { sign: string; className: string }>> = {
  Healthy: { sign: '●', className: styles.good },
  Progressing: { sign: '◐', className: styles.busy },
  Degraded: { sign: '▲', className: styles.bad },
  Missing: { sign: '▲', className: styles.bad },
  Suspended: { sign: '‖', className: styles.neutral },
  Unknown: { sign: '?', className: styles.neutral },
};

/** Health by shape, colour and word, so that none of them is needed alone. */
export const HealthStatus = ({ health }: { readonly health: Health }) => {
  const { sign, className } = LOOK[health];
  return (
    <span className={`${styles.status} ${className}`}>
      <span aria-hidden="true">{sign}</span> {health}
    </span>
  );
};
