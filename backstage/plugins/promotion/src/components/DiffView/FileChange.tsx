import { useState } from 'react';
import styles from './DiffView.module.css';
import type { DiffLine, FileDiff } from './parsePatch';

const CLASS: Readonly<Record<DiffLine['kind'], string>> = {
  added: styles.added,
  removed: styles.removed,
  place: styles.place,
  same: '',
};
const SIGN: Readonly<Record<DiffLine['kind'], string>> = {
  added: '+',
  removed: '-',
  place: '',
  same: ' ',
};

/** One file of a diff. Its lines are put on the page only when it is open, so that 500 files stay quick. */
export const FileChange = (props: {
  readonly file: FileDiff;
  readonly name: string;
  readonly open: boolean;
}) => {
  const { file, name } = props;
  const [open, setOpen] = useState(props.open);
  return (
    <details className={styles.file} open={open} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <code>{name}</code>
        {file.change !== 'changed' && <span className={styles.change}>{file.change}</span>}
        <span className={styles.plus}>+{file.added}</span>
        <span className={styles.minus}>−{file.removed}</span>
      </summary>
      {open && (
        // long lines are scrolled with the keyboard too
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={styles.lines} tabIndex={0} aria-label={`Changes in ${name}`}>
          {file.lines.map((line, index) => (
            <span key={index} className={CLASS[line.kind]}>
              {SIGN[line.kind]}
              {line.text}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
    </details>
  );
};
