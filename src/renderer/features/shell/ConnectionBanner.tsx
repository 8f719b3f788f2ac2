import { Button } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useConnection, useConnectionFailure, useConnectionState } from '../../api/connection-context';
import { strings } from '../../strings';
import styles from './ConnectionBanner.module.css';

/** A blink of a restart needs no words. */
const SHOW_AFTER_MS = 400;
const LONG_MS = 12_000;

/** Says calmly that the engine is away, and that it is being looked for. */
export function ConnectionBanner() {
  const connection = useConnection();
  const lost = useConnectionState() === 'lost';
  const failure = useConnectionFailure();
  const shown = useAfter(lost, SHOW_AFTER_MS);
  const long = useAfter(lost, LONG_MS);
  return (
    <div role="status" aria-live="polite">
      {lost && shown && (
        <div className={styles.banner}>
          <Unplug size={14} aria-hidden="true" />
          <span>{failure?.message ?? (long ? strings.connection.awayLong : strings.connection.away)}</span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              connection.retryNow();
            }}
          >
            {strings.connection.retry}
          </Button>
        </div>
      )}
    </div>
  );
}

/** True once `condition` has held for so long. */
function useAfter(condition: boolean, milliseconds: number): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!condition) return undefined;
    const timer = setTimeout(() => {
      setHeld(true);
    }, milliseconds);
    return () => {
      clearTimeout(timer);
      setHeld(false);
    };
  }, [condition, milliseconds]);
  return held;
}
