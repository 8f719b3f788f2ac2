import { Button, TagsInput } from '@mantine/core';
import { useMemo, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import type { TrackRow } from '#shared/contract/schemas';
import type { Genre } from '#shared/domain/genres/graph';
import type { WideGenre } from '#shared/domain/analysis';
import { CLASSIC_GENRES, displayLabel, foldLabel, MOOD_QUADRANTS } from '#shared/domain/vocabulary';
import { genreSearch } from '../genres/genre-search';
import { useGenres } from '../genres/use-genres';
import styles from './ChangeForm.module.css';
import { ChipChoice } from './ChipChoice';
import { startingValues } from './decision-rules';

interface ChangeFormProps {
  /** The track it starts from; null for several tracks. */
  readonly row: TrackRow | null;
  /** Wide genres that were named in it, offered beside the likeliest genres. */
  readonly wide: readonly WideGenre[] | null;
  readonly count: number;
  readonly onSave: (genres: string[], moods: string[]) => Promise<void>;
  readonly onCancel: () => void;
}

interface Option {
  readonly label: string;
  readonly share: number | null;
}

const MOODS = MOOD_QUADRANTS.map((mood) => mood.tag);

/** Genres and moods of one's own choosing: the likeliest as chips to press, anything else by typing. */
export function ChangeForm({ row, wide, count, onSave, onCancel }: ChangeFormProps) {
  const start = useMemo(() => (row ? startingValues(row) : { genres: [], moods: [] }), [row]);
  const [genres, setGenres] = useState(start.genres);
  const [moods, setMoods] = useState(start.moods);
  const [saving, setSaving] = useState(false);
  const [suggesting, setSuggesting] = useState(false);
  const known = useGenres();
  const find = useMemo(() => genreSearch(known.data?.genres ?? []), [known.data]);
  const likely = likelyGenres(row);
  const further = furtherGenres(wide, likely);
  const offered = suggestions(row, further, known.data?.genres ?? [], genres);
  const empty = genres.length + moods.length === 0;

  const save = async (): Promise<void> => {
    if (empty || saving) return;
    setSaving(true);
    await onSave(genres, moods);
    setSaving(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      // The first one closes the suggestions.
      if (!suggesting) onCancel();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // After what is typed has become a value.
      const form = event.currentTarget;
      setTimeout(() => {
        form.requestSubmit();
      });
    }
  };

  return (
    <form
      className={styles.form}
      aria-label={count > 1 ? `Change ${count} tracks` : 'Change genre and mood'}
      onKeyDown={onKeyDown}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <TagsInput
        label="Genre"
        data-autofocus
        autoFocus
        placeholder={genres.length === 0 ? 'Type a genre' : ''}
        value={genres}
        onChange={(next) => {
          setGenres(withoutRepeats(next));
        }}
        data={offered}
        filter={({ options, search, limit }) =>
          find(
            options.flatMap((option) => ('value' in option ? [option.value] : [])),
            search,
          )
            .slice(0, limit)
            .map((value) => ({ value, label: value }))
        }
        limit={12}
        acceptValueOnBlur
        openOnFocus={false}
        dropdownOpened={suggesting}
        onDropdownOpen={() => {
          setSuggesting(true);
        }}
        onDropdownClose={() => {
          setSuggesting(false);
        }}
        onSearchChange={(typed) => {
          setSuggesting(typed.trim() !== '' && find(offered, typed).length > 0);
        }}
        comboboxProps={{ transitionProps: { duration: 0 }, position: 'top' }}
      />
      <ChipChoice task="genre" label="Likely genres" options={likely} chosen={genres} onChange={setGenres} />
      {further.length > 0 && (
        <ChipChoice task="genre" label="More genres heard" options={further} chosen={genres} onChange={setGenres} />
      )}
      <TagsInput
        label="Mood"
        placeholder={moods.length === 0 ? 'Type a mood' : ''}
        value={moods}
        onChange={(next) => {
          setMoods(withoutRepeats(next));
        }}
        acceptValueOnBlur
      />
      <ChipChoice
        task="mood"
        label="Moods"
        options={MOODS.map((mood) => ({ label: mood, share: shareOf(row?.mood, mood) }))}
        chosen={moods}
        onChange={setMoods}
      />
      <div className={styles.buttons}>
        <Button type="submit" disabled={empty} loading={saving}>
          {count > 1 ? `Save for ${count} tracks` : 'Save'}
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
        <span className={styles.hint}>Ctrl+⏎ saves, Esc cancels</span>
      </div>
    </form>
  );
}

/** The five likeliest genres of the track; all classic ones where there is no verdict. */
function likelyGenres(row: TrackRow | null): Option[] {
  if (!row?.genre) return CLASSIC_GENRES.map((label) => ({ label: displayLabel(label), share: null }));
  return row.genre.histogram.slice(0, 5).map((bar) => ({ label: displayLabel(bar.label), share: bar.share }));
}

/** The wide genres that were named and are not offered already. */
function furtherGenres(wide: readonly WideGenre[] | null, offered: readonly Option[]): Option[] {
  const known = new Set(offered.map(({ label }) => foldLabel(label)));
  return (wide ?? [])
    .filter(({ label }) => !known.has(foldLabel(label)))
    .map(({ label, score }) => ({ label: displayLabel(label), share: score }));
}

function suggestions(
  row: TrackRow | null,
  further: readonly Option[],
  known: readonly Genre[],
  chosen: readonly string[],
): string[] {
  const all = [
    ...(row?.genre?.histogram.map((bar) => displayLabel(bar.label)) ?? []),
    ...further.map(({ label }) => label),
    ...CLASSIC_GENRES.map(displayLabel),
  ];
  return withoutRepeats([...all, ...(row?.ownGenres ?? []), ...known.map(({ name }) => name)]).filter(
    (label) => !chosen.some((each) => foldLabel(each) === foldLabel(label)),
  );
}

function shareOf(verdict: TrackRow['mood'] | undefined, label: string): number | null {
  return verdict?.histogram.find((bar) => foldLabel(bar.label) === foldLabel(label))?.share ?? null;
}

/** The first writing of each label; spellings that fold together are one. */
export function withoutRepeats(labels: readonly string[]): string[] {
  const seen = new Set<string>();
  return labels.filter((label) => {
    const key = foldLabel(label);
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
