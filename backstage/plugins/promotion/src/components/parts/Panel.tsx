import { Box } from '@backstage/ui';
import { type ReactNode, useId } from 'react';
import styles from './parts.module.css';

/** A titled part of a page. */
export const Panel = (props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly className?: string;
}) => {
  const id = useId();
  return (
    <Box as="section" bg="neutral" aria-labelledby={id} className={`${styles.panel} ${props.className ?? ''}`}>
      <h2 id={id} className={styles.panelTitle}>
        {props.title}
      </h2>
      {props.children}
    </Box>
  );
};
