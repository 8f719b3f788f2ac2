import { Button, Loader } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { strings } from '../../strings';
import styles from './settings.module.css';
import { useProviders } from './use-providers';

const words = strings.listening.providers;

/** What the inference can run on here: what is used, how fast each one is, and why the others are not. */
export function Providers() {
  const { providers, tryAgain, trying } = useProviders();
  return (
    <div className={styles.setting}>
      <p className={styles.label}>{words.label}</p>
      {providers === null ? (
        <p className={styles.help}>{words.trying}</p>
      ) : (
        <ul className={styles.lines} aria-label={words.label}>
          {providers.map(({ name, state, detail }) => (
            <li key={name} data-state={state}>
              {detail}
              {state === 'in-use' && <span className={styles.mark}> · {words.inUse}</span>}
            </li>
          ))}
        </ul>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={trying ? <Loader size={12} /> : <RotateCw size={12} aria-hidden="true" />}
        disabled={trying || providers === null}
        onClick={tryAgain}
      >
        {trying ? words.trying : words.tryAgain}
      </Button>
    </div>
  );
}
