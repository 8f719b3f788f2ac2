import { useDebouncedValue } from '@mantine/hooks';
import { useEffect } from 'react';
import { useConnection, useConnectionState } from '../../api/connection-context';

/** While rows scroll by, nothing is said of them. */
const SETTLED_MS = 250;

/**
 * Tells the backend which tracks are in sight and which one is open, so that these are heard in full before the others.
 *
 * @param trackIds of the rows in sight, from top to bottom
 */
export function useInSight(trackIds: readonly number[], openId: number | null): void {
  const connection = useConnection();
  const state = useConnectionState();
  const [settled] = useDebouncedValue(JSON.stringify({ trackIds, openId }), SETTLED_MS);
  useEffect(() => {
    if (state !== 'open') return;
    const sight = JSON.parse(settled) as { trackIds: number[]; openId: number | null };
    // A hint that gets lost costs nothing but the order.
    connection.call('tracks.inSight', sight).catch(() => undefined);
  }, [connection, state, settled]);
}
