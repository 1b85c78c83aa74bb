import type { DiffView as Diff } from '@drydock/plugin-promotion-common';
import { useMemo } from 'react';
import styles from './DiffView.module.css';
import { FileChange } from './FileChange';
import { FileDiff, parsePatch } from './parsePatch';

/** More files than this start closed. */
const OPEN = 6;

interface ClusterDiff {
  readonly cluster: string;
  readonly files: readonly FileDiff[];
}

/** The rendered manifests as they are and as they would be, cluster by cluster and file by file. */
export const DiffView = ({ diff }: { readonly diff: Diff }) => {
  const clusters = useMemo(
    () =>
      diff.clusters.map(
        ({ cluster, patch }): ClusterDiff => ({
          cluster,
          files: parsePatch(patch),
        }),
      ),
    [diff],
  );
  const total = clusters.reduce((sum, { files }) => sum + files.length, 0);
  if (total === 0) {
    return (
      <p className={styles.empty}>
        {diff.to === undefined
          ? 'Nothing is next, so nothing would change.'
          : 'The rendered manifests are the same, byte for byte.'}
      </p>
    );
  }
  return (
    <div className={styles.clusters}>
      {clusters.map(({ cluster, files }) => (
        <section key={cluster} aria-label={`Changes on ${cluster}`}>
          <h3 className={styles.cluster}>
            {cluster}
            <span className={styles.count}>{countOf(files)}</span>
          </h3>
          {files.map(file => (
            <FileChange
              key={file.path}
              file={file}
              name={file.path.replace(`${cluster}/`, '')}
              open={total <= OPEN}
            />
          ))}
        </section>
      ))}
    </div>
  );
};

function countOf(files: readonly FileDiff[]): string {
  if (files.length === 0) return 'nothing changes here';
  return files.length === 1 ? '1 file' : `${files.length} files`;
}
