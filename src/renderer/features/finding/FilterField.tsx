import { CloseButton, Popover, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { completingAt, withCompletion } from '#shared/domain/search/complete';
import { parseSearch } from '#shared/domain/search/parse';
import { strings } from '../../strings';
import { focusTable } from '../library/focus-table';
import { useLibraryStore } from '../library/library-store';
import styles from './FilterField.module.css';
import { useValues } from './finding-queries';
import { suggestionsFor, type Suggestion } from './suggestions';

/** Problems are named once typing has paused: half a term is no mistake. */
const PAUSE_MS = 700;

/** The search over the table: a text field that suggests fields and values (a combobox), and names under it what it can't read. */
export function FilterField({
  inputRef,
  className,
}: {
  inputRef: RefObject<HTMLInputElement | null>;
  className?: string | undefined;
}) {
  const { text, setText } = useLibraryStore();
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const placeCaret = useRef<number | null>(null);
  const id = useId();

  const completing = completingAt(text, Math.min(caret, text.length));
  const [typed] = useDebouncedValue(completing?.typed ?? '', 100);
  const values = useValues(completing?.field ?? null, completing?.field ? typed : '');
  const suggestions = suggestionsFor(completing, values.data ?? []);
  const shown = open && suggestions.length > 0;
  const problems = useProblems(text);

  useLayoutEffect(() => {
    if (placeCaret.current === null) return;
    inputRef.current?.setSelectionRange(placeCaret.current, placeCaret.current);
    placeCaret.current = null;
  });

  const choose = (suggestion: Suggestion): void => {
    if (!completing) return;
    const next = withCompletion(text, completing, suggestion.insert);
    setText(next.text);
    setCaret(next.caret);
    placeCaret.current = next.caret;
    setActive(-1);
    // A field goes on to its values; after a value there is nothing to choose.
    setOpen(suggestion.example !== null);
    inputRef.current?.focus();
  };

  const leave = (): void => {
    setOpen(false);
    inputRef.current?.blur();
    focusTable();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && (shown || step > 0)) {
      event.preventDefault();
      if (shown) setActive(nextIndex(active, step, suggestions.length));
      else if (suggestions.length > 0 && !open) {
        setOpen(true);
        setActive(0);
      } else leave();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = shown ? suggestions[active] : undefined;
      if (chosen) choose(chosen);
      else leave();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      setOpen(false);
      if (shown) return;
      if (text !== '') setText('');
      else leave();
    }
  };

  return (
    <div className={className} role="search">
      <Popover
        opened={shown}
        position="bottom-start"
        width="target"
        offset={4}
        shadow="md"
        trapFocus={false}
        returnFocus={false}
        closeOnEscape={false}
        withRoles={false}
        transitionProps={{ duration: 0 }}
        onDismiss={() => {
          setOpen(false);
        }}
      >
        <Popover.Target>
          <TextInput
            ref={inputRef}
            classNames={{ input: styles.input ?? '' }}
            role="combobox"
            aria-label={strings.finding.label}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-expanded={shown}
            aria-controls={shown ? `${id}-list` : undefined}
            aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
            error={problems.length > 0}
            aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder={strings.finding.placeholder}
            leftSection={<Search size={14} aria-hidden="true" />}
            rightSection={
              text !== '' && (
                <CloseButton
                  size={20}
                  aria-label={strings.finding.clear}
                  onClick={() => {
                    setText('');
                    inputRef.current?.focus();
                  }}
                />
              )
            }
            value={text}
            maxLength={500}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
              setOpen(true);
              setActive(-1);
            }}
            onSelect={(event) => {
              setCaret(event.currentTarget.selectionStart ?? 0);
            }}
            onBlur={() => {
              setOpen(false);
            }}
            onKeyDown={onKeyDown}
          />
        </Popover.Target>
        <Popover.Dropdown p={4}>
          <SuggestionList id={id} suggestions={suggestions} active={active} onChoose={choose} />
        </Popover.Dropdown>
      </Popover>
      <div id={`${id}-problems`} role="status" className={styles.problems}>
        {!shown && problems.length > 0 && (
          <ul>
            {problems.map(({ from, message }) => (
              <li key={from}>{message}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

interface SuggestionListProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly onChoose: (suggestion: Suggestion) => void;
}

function SuggestionList({ id, suggestions, active, onChoose }: SuggestionListProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label={strings.finding.suggestions} className={styles.list}>
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.key}
          id={`${id}-${index}`}
          ref={index === active ? scrollIntoView : undefined}
          role="option"
          aria-selected={index === active}
          className={styles.option}
          // The field keeps the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(suggestion);
          }}
        >
          <span className={styles.name}>{suggestion.label}</span>
          {suggestion.example && <span className={styles.example}>{suggestion.example}</span>}
          {suggestion.tracks !== null && (
            <span className={styles.count} aria-label={strings.finding.tracks(suggestion.tracks)}>
              {strings.finding.count(suggestion.tracks)}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

const scrollIntoView = (element: HTMLElement | null): void => {
  element?.scrollIntoView({ block: 'nearest' });
};

/** Round and round, from none of them to the first or the last. */
const nextIndex = (index: number, step: number, count: number): number =>
  index < 0 ? (step > 0 ? 0 : count - 1) : (index + step + count) % count;

function useProblems(text: string) {
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  return settled === text ? parseSearch(text).problems : [];
}
