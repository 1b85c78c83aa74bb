import { Skeleton } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { LiveData } from '../../hooks/useLiveData';
import { Problem } from './Problem';
import styles from './parts.module.css';

/** Shows data, what is wrong with it, or that it is on its way. */
export function PageBody<T>(props: {
  readonly live: LiveData<T>;
  readonly children: (data: T) => ReactNode;
}) {
  const { live, children } = props;
  return (
    <div className={styles.body}>
      {live.error !== undefined && <Problem error={live.error} at={live.at} retry={live.reload} />}
      {live.data !== undefined && children(live.data)}
      {live.data === undefined && live.error === undefined && (
        <div role="status" aria-label="Loading">
          <Skeleton width="100%" height={48} />
          <Skeleton width="100%" height={240} style={{ marginTop: 16 }} />
        </div>
      )}
    </div>
  );
}
