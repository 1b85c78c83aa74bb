import { useNow } from '../../hooks/useNow';
import { age, until } from './age';

/** How long ago something was; the moment itself as the tooltip. */
export const Age = ({ at }: { readonly at: string }) => {
  const now = useNow();
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {age(Date.parse(at), now)}
    </time>
  );
};

/** When something opens by itself. */
export const Opening = ({ at }: { readonly at: string }) => {
  const now = useNow();
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      opens {until(Date.parse(at), now)}
    </time>
  );
};
