import { TextInput } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import styles from './settings.module.css';

interface TypedSettingProps {
  readonly label: string;
  readonly help: string;
  readonly placeholder?: string;
  /** As it holds now. */
  readonly value: string;
  /** Told of what was typed, with Enter or on leaving the field; rejects with what is wrong with it. */
  readonly keep: (text: string) => Promise<unknown>;
}

/** A setting that is typed. What is wrong is said at the field, and what was typed stays there to be mended; Escape takes it back. */
export function TypedSetting({ label, help, placeholder, value, keep }: TypedSettingProps) {
  const [typed, setTypedState] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  /** What is in the field when an answer comes: it may be about what was there before. */
  const present = useRef<string | null>(null);
  /** What was asked for and not answered yet. */
  const asked = useRef<string | null>(null);

  const setTyped = (text: string | null): void => {
    present.current = text;
    setTypedState(text);
    setError(null);
  };
  const commit = async (): Promise<void> => {
    const text = typed?.trim();
    if (text === undefined || text === asked.current) return;
    if (asked.current === null && text === value) {
      setTyped(null);
      return;
    }
    asked.current = text;
    const isAboutThis = (): boolean => present.current?.trim() === text;
    try {
      await keep(text);
      if (isAboutThis()) setTyped(null);
    } catch (problem) {
      if (isAboutThis()) setError(problem instanceof Error ? problem.message : String(problem));
    } finally {
      if (asked.current === text) asked.current = null;
    }
  };

  return (
    <TextInput
      id={id}
      className={styles.setting}
      classNames={{ description: styles.help, input: styles.input, error: styles.error }}
      label={label}
      description={help}
      placeholder={placeholder}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={typed ?? value}
      error={error}
      // Escape takes back what was typed, and closes the dialog only where there is nothing to take back.
      data-mantine-stop-propagation={typed !== null}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
      }}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
        else if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}
