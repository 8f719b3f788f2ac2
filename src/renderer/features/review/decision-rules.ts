import type { Decision, TrackRow } from '#shared/contract/schemas';
import { foldLabel } from '#shared/domain/vocabulary';

/** What of a track decides what accepting it does. */
type Acceptable = Pick<TrackRow, 'accepts'>;

/** Was the track heard, by a model of genres, of moods, or of both? */
export const isHeard = ({ genre, mood }: Pick<TrackRow, 'genre' | 'mood'>): boolean => (genre ?? mood) !== null;

/** Was it heard by a model that tells moods alone? */
export const isWithoutGenre = ({ genre, mood }: Pick<TrackRow, 'genre' | 'mood'>): boolean =>
  genre === null && mood !== null;

/** What accepting a track's result would write. */
export const acceptedValues = ({ accepts }: Acceptable): { genres: string[]; moods: string[] } => ({
  genres: accepts.genres.map(({ name }) => name),
  moods: [...accepts.moods],
});

/** True if accepting would decide something. */
export function isAcceptable(row: Acceptable): boolean {
  const { genres, moods } = acceptedValues(row);
  return genres.length + moods.length > 0;
}

/** Where the change form starts: what was decided, else what would be accepted, else the file's own. */
export function startingValues(row: TrackRow): { genres: string[]; moods: string[] } {
  if (row.decision && row.decision.action !== 'skip')
    return { genres: [...row.decision.genres], moods: [...row.decision.moods] };
  const accepted = acceptedValues(row);
  return {
    genres: accepted.genres.length > 0 ? accepted.genres : [...row.ownGenres],
    moods: accepted.moods.length > 0 ? accepted.moods : [...row.ownMoods],
  };
}

/** How the file's own values stand to what was heard. */
export type Agreement = 'none' | 'agrees' | 'disagrees' | 'unsure';

export function agreementOf(own: readonly string[], verdict: TrackRow['genre']): Agreement {
  if (own.length === 0) return 'none';
  if (!verdict || verdict.abstained) return 'unsure';
  const heard = foldLabel(verdict.top);
  return own.some((label) => foldLabel(label) === heard) ? 'agrees' : 'disagrees';
}

/** One call that puts decisions back as they were. */
export interface RestoreCall {
  readonly trackIds: readonly number[];
  readonly action: 'accept' | 'change' | 'skip' | 'not-music' | 'clear';
  readonly genres?: string[];
  readonly moods?: string[];
  /** Each track's own moods as they were heard, instead of `moods`. */
  readonly heardMoods?: boolean;
}

/** The fewest calls that give each track the decision it had; an accepted one comes back with the values it had then. */
export function restoreCalls(before: ReadonlyMap<number, Decision | null>): RestoreCall[] {
  const groups = new Map<string, { ids: number[]; decision: Decision | null }>();
  for (const [id, decision] of before) {
    const key = decision ? JSON.stringify([decision.action, decision.genres, decision.moods, decision.notMusic]) : '';
    const group = groups.get(key) ?? { ids: [], decision };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ ids, decision }) => {
    if (!decision) return { trackIds: ids, action: 'clear' };
    if (decision.notMusic) return { trackIds: ids, action: 'not-music' };
    if (decision.action === 'skip') return { trackIds: ids, action: 'skip' };
    if (decision.action === 'accept') return { trackIds: ids, action: 'accept' };
    return { trackIds: ids, action: 'change', genres: [...decision.genres], moods: [...decision.moods] };
  });
}

/** The state a track has with this decision, for showing it before the backend has answered. */
export function stateAfter(row: TrackRow, action: RestoreCall['action']): TrackRow['state'] {
  switch (action) {
    case 'accept':
    case 'change':
      return 'decided';
    case 'skip':
    case 'not-music':
      return 'skipped';
    case 'clear':
      if (row.failure) return 'failed';
      return isHeard(row) ? 'analysed' : 'new';
  }
}
