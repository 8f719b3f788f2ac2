import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TrackRow } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { baseName } from '../../ui/format';

const MOST = 8;

interface TrackPickerProps {
  readonly label: string;
  /** Path of the track; empty: none is chosen. */
  readonly value: string;
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly onChange: (path: string) => void;
}

/** Chooses a track of the library by searching for it, as the filter over the table does. */
export function TrackPicker({ label, value, invalid, describedBy, onChange }: TrackPickerProps) {
  const connection = useConnection();
  const chosen = useTrackAt(value);
  const name = chosen ? nameOf(chosen) : baseName(value);
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, 150);
  const text = settled === name ? '' : settled.trim().slice(0, 500);
  const found = useQuery({
    queryKey: ['tracks', 'to-choose', text],
    queryFn: () => connection.call('tracks.query', { text, limit: MOST }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.rows ?? [])
    .filter(({ path }) => path !== value)
    .map((row) => ({ value: row.path, label: nameOf(row) }));
  return (
    <Select
      aria-label={label}
      placeholder={strings.playlists.placeholders.track}
      searchable
      data={value === '' ? options : [{ value, label: name }, ...options]}
      filter={({ options: all }) => all}
      error={invalid}
      aria-describedby={describedBy}
      spellCheck={false}
      value={value === '' ? null : value}
      onSearchChange={setTyped}
      onChange={(path) => {
        onChange(path ?? '');
      }}
    />
  );
}

const nameOf = ({ title, fileName, artist }: TrackRow): string =>
  artist === null ? (title ?? fileName) : `${title ?? fileName} · ${artist}`;

function useTrackAt(path: string): TrackRow | null {
  const connection = useConnection();
  const { data } = useQuery({
    queryKey: ['tracks', 'at-path', path],
    queryFn: async () => {
      const ids = await connection.call('tracks.byPath', { paths: [path] });
      return connection.call('tracks.query', { ids, limit: MOST });
    },
    enabled: path !== '',
  });
  return data?.rows.find((row) => row.path === path) ?? null;
}
