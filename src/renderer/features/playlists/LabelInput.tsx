import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { ValueField } from '#shared/contract/finding';
import { foldLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { useValues } from '../finding/finding-queries';
import { genreSearch } from '../genres/genre-search';
import { useGenres } from '../genres/use-genres';

const MOST = 12;

interface LabelInputProps {
  readonly label: string;
  /** The library's values that are offered; null: none are. */
  readonly of: ValueField | null;
  readonly value: string;
  readonly placeholder?: string;
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly onChange: (value: string) => void;
}

/** A text with suggestions: the library's own values first, for genres also those of the collector's vocabulary. */
export function LabelInput({ label, of, value, placeholder, invalid, describedBy, onChange }: LabelInputProps) {
  const [typed] = useDebouncedValue(value.trim(), 120);
  const values = useValues(of, typed).data;
  const isGenre = of === 'genre' || of === 'heard' || of === 'wide';
  const genres = useGenres().data?.genres;
  const search = useMemo(() => genreSearch(isGenre && genres ? genres : []), [isGenre, genres]);
  const names = useMemo(() => (genres ?? []).map(({ name }) => name), [genres]);
  const data = useMemo(() => {
    const own = (values ?? []).map((each) => each.value);
    const known = new Set(own.map(foldLabel));
    const further = isGenre && typed !== '' ? search(names, typed).filter((name) => !known.has(foldLabel(name))) : [];
    return [...new Set([...own, ...further])].slice(0, MOST);
  }, [values, isGenre, typed, search, names]);
  return (
    <Autocomplete
      aria-label={label}
      placeholder={placeholder ?? strings.playlists.placeholders.label}
      data={data}
      filter={({ options }) => options}
      error={invalid}
      aria-describedby={describedBy}
      maxLength={200}
      spellCheck={false}
      value={value}
      onChange={onChange}
    />
  );
}
