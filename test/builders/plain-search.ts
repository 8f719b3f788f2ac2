import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { isNamed, isNotMusic, type Verdict } from '#shared/domain/analysis';
import { isWithin, type NumberField, type Search, type SearchState, type Test } from '#shared/domain/search/search';
import { foldText } from '#shared/domain/text';
import { foldLabel } from '#shared/domain/vocabulary';
import { basename, dirname } from 'node:path';

/** What a row does not show is left out where it isn't known. */
export type SearchedTrack = TrackRow & Partial<Pick<TrackDetail, 'albumArtist' | 'wide'>>;

/** Whether a track is what a search asks for, said as plainly as can be: what the store's SQL is held against. */
export const matchesPlainly = ({ clauses }: Search, track: SearchedTrack): boolean =>
  clauses.every((clause) => clause.some(({ not, test }) => holds(test, track) !== not));

function holds(test: Test, track: SearchedTrack): boolean {
  switch (test.kind) {
    case 'words':
      return searchedText(track).includes(test.text);
    case 'text':
      return textsOf(track, test.field).some((text) => foldText(text).includes(test.text));
    case 'label':
      return labelsOf(track, test.field).some((label) => foldLabel(label) === test.label);
    case 'share':
      return heard(track) !== null && isWithin(shareOf(heard(track)!, test.label), test.interval);
    case 'number': {
      const value = numberOf(track, test.field);
      return value !== null && isWithin(value, test.interval);
    }
    case 'state':
      return STATES[test.state] === track.state;
  }
}

const STATES: Readonly<Record<SearchState, TrackRow['state']>> = {
  unreviewed: 'analysed',
  decided: 'decided',
  written: 'written',
  skipped: 'skipped',
  failed: 'failed',
  new: 'new',
};

/** Results of a former model count for nothing. */
const heard = (track: SearchedTrack): Verdict | null => (track.stale ? null : track.genre);

const named = (verdict: Verdict | null): string[] => (verdict && !verdict.abstained ? [verdict.top] : []);

function searchedText(track: SearchedTrack): string {
  const tags = [track.title, track.artist, track.album, track.albumArtist, ...track.ownGenres];
  return foldText([...tags, basename(dirname(track.path)), track.fileName].filter(Boolean).join('\n'));
}

function textsOf(track: SearchedTrack, field: 'artist' | 'album' | 'title' | 'path'): string[] {
  switch (field) {
    case 'artist':
      return [track.artist ?? '', track.albumArtist ?? ''];
    case 'album':
      return [track.album ?? ''];
    case 'title':
      return [track.title ?? track.fileName];
    case 'path':
      return [track.path];
  }
}

function labelsOf(track: SearchedTrack, field: 'genre' | 'heard' | 'mood' | 'wide'): readonly string[] {
  switch (field) {
    case 'genre':
      return [...track.ownGenres, ...(track.decision?.genres ?? [])];
    case 'heard':
      return named(heard(track));
    case 'mood':
      return [...track.ownMoods, ...named(track.stale ? null : track.mood), ...(track.decision?.moods ?? [])];
    case 'wide':
      return track.stale ? [] : (track.wide ?? []).filter(isNamed).map(({ label }) => label);
  }
}

/** To a millionth. */
const shareOf = ({ histogram }: Verdict, fold: string): number =>
  Number(
    histogram
      .filter(({ label }) => foldLabel(label) === fold)
      .reduce((sum, { share }) => sum + share, 0)
      .toFixed(6),
  );

function numberOf(track: SearchedTrack, field: NumberField): number | null {
  const { affect, content, durationSec, year } = track;
  switch (field) {
    case 'confidence':
      return isNotMusic(content) ? null : (heard(track)?.confidence ?? null);
    case 'year':
      return year;
    case 'duration':
      return durationSec;
    case 'valence':
    case 'arousal':
      return track.stale ? null : (affect?.[field] ?? null);
  }
}
