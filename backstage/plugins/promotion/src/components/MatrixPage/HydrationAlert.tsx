import { Alert } from '@backstage/ui';
import type { MatrixView } from '@drydock/plugin-promotion-common';

/** Says that the newest revision of main is not in use, and why. */
export const HydrationAlert = (props: { readonly hydration: NonNullable<MatrixView['hydration']> }) => {
  const { revision, message, problems } = props.hydration;
  return (
    <Alert
      status="warning"
      icon
      title={`Revision ${revision.slice(0, 8)} is not in use: ${message}`}
      description={
        problems.length > 0 ? (
          <ul>
            {problems.map(problem => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        ) : undefined
      }
    />
  );
};
