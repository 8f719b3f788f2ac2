import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { TrackDetail } from '#shared/contract/schemas';
import { useConnection } from '../../../api/connection-context';
import { strings } from '../../../strings';
import { useGenreGraph } from '../../genres/use-genres';
import { shownKey } from '../../shortcuts/key-store';
import { suggestionsFor, vocabularyOf, type Suggestion } from './choices';
import styles from './TypeGenre.module.css';
import { focusDesk } from './use-desk';

const TYPE_ID = 'review-type';

export function focusTyping(): void {
  document.getElementById(TYPE_ID)?.focus();
}

/** Any genre by typing: the first suggestion is taken by Enter; what was typed stands as it is where it is none of them. */
export function TypeGenre({ row, onPick }: { row: TrackDetail; onPick: (genres: readonly string[]) => void }) {
  const connection = useConnection();
  const decided = useQuery({
    queryKey: ['vocabulary'],
    queryFn: () => connection.call('review.vocabulary', {}),
    refetchOnMount: 'always',
  });
  const [typed, setTyped] = useState('');
  const graph = useGenreGraph() ?? undefined;
  const vocabulary = useMemo(() => vocabularyOf(row, decided.data?.genres ?? [], graph), [row, decided.data, graph]);
  const suggestions = useMemo(() => suggestionsFor(typed, vocabulary, graph), [typed, vocabulary, graph]);
  return (
    <Autocomplete
      id={TYPE_ID}
      size="sm"
      label={strings.desk.type}
      placeholder={strings.desk.typeHint(shownKey('edit'))}
      value={typed}
      onChange={setTyped}
      data={suggestions.map(({ value }) => value)}
      // They are found and ordered already.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const suggestion = suggestions.find(({ value }) => value === option.value);
        return suggestion?.own ? strings.desk.asTyped(option.value) : <Known {...suggestion} value={option.value} />;
      }}
      selectFirstOptionOnChange
      openOnFocus={false}
      maxLength={200}
      // High enough for all suggestions: a list that scrolls would need a focus of its own.
      maxDropdownHeight={480}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      onOptionSubmit={(value) => {
        onPick([value]);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setTyped('');
        focusDesk();
      }}
    />
  );
}

/** A genre with what it is found by, where that is another spelling, and what stands above it. */
function Known({ value, alias = null, parents = [] }: Pick<Suggestion, 'value'> & Partial<Suggestion>) {
  const about = strings.genres.typing(alias, parents);
  return (
    <span className={styles.known}>
      {value}
      {about !== '' && <span className={styles.about}>{about}</span>}
    </span>
  );
}
