import { useSignal } from '@backstage/plugin-signals-react';
import { PROMOTION_CHANNEL, PromotionSignal } from '@drydock/plugin-promotion-common';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Data that stays current. Old data stays on the screen while newer cannot be had. */
export interface LiveData<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly loading: boolean;
  /** When {@link data} came, in milliseconds since the epoch. */
  readonly at?: number;
  readonly reload: () => void;
}

/** Milliseconds; signals make it faster. */
const POLL = { withSignals: 15_000, alone: 5_000 };
/** Milliseconds within which several signals lead to one load. */
const SETTLE = 250;

/**
 * Loads, and loads again when something moved: at once by a signal, and by polling where signals do not come.
 *
 * @param load - has to be stable, that is from `useCallback`
 */
export function useLiveData<T>(load: () => Promise<T>): LiveData<T> {
  const [state, setState] = useState<Omit<LiveData<T>, 'reload'>>({ loading: true });
  const { lastSignal, isSignalsAvailable } = useSignal<PromotionSignal>(PROMOTION_CHANNEL);
  const latest = useRef(0);

  const reload = useCallback(async () => {
    const turn = ++latest.current;
    try {
      const data = await load();
      if (turn === latest.current) setState({ data, loading: false, at: Date.now() });
    } catch (error) {
      if (turn === latest.current) setState(old => ({ ...old, error, loading: false }));
    }
  }, [load]);

  useEffect(() => {
    setState(old => ({ ...old, loading: true }));
    reload();
    return () => {
      latest.current += 1;
    };
  }, [reload]);

  useEffect(() => {
    if (lastSignal === null) return undefined;
    const timer = setTimeout(reload, SETTLE);
    return () => clearTimeout(timer);
  }, [lastSignal, reload]);

  useEffect(() => {
    const every = isSignalsAvailable ? POLL.withSignals : POLL.alone;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, every);
    return () => clearInterval(timer);
  }, [isSignalsAvailable, reload]);

  return { ...state, reload };
}
