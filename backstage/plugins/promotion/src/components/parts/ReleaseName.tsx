import type { ReleaseView } from '@drydock/plugin-promotion-common';
import styles from './parts.module.css';

/** The short revision of a release, with its subject for who wants to know. */
export const ReleaseName = ({ release }: { readonly release: ReleaseView }) => (
  <code className={styles.release} title={`${release.subject} (by ${release.requestedBy})`}>
    {release.name}
  </code>
);
