import { Alert, Button } from '@backstage/ui';
import { describeError } from '../../api/describeError';
import { useNow } from '../../hooks/useNow';
import { age } from './age';

/** What went wrong, how old the data on the screen is, and a way to try again. */
export const Problem = (props: {
  readonly error: unknown;
  readonly at?: number;
  readonly retry?: () => void;
}) => {
  const { error, at, retry } = props;
  const now = useNow();
  const { title, detail } = describeError(error);
  const old = at === undefined ? '' : ` What you see is ${age(at, now)} old.`;
  return (
    <div role="alert">
      <Alert
        status={at === undefined ? 'danger' : 'warning'}
        icon
        title={title}
        description={`${detail}${old}`}
        customActions={
          retry && (
            <Button size="small" variant="secondary" onPress={retry}>
              Try again
            </Button>
          )
        }
      />
    </div>
  );
};
