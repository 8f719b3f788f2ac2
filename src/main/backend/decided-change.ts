import type { Verdict } from '#shared/domain/analysis';
import type { TagChange, TagMode } from '#shared/domain/tags';
import { CONFIDENCE_FIELD, HISTOGRAM_FIELD, type WritingSettings } from '#shared/domain/writing';
import type { DecidedTrack } from '../store';

type Lists = Pick<WritingSettings, 'keepGenres' | 'dropGenres'>;
type Writing = Lists & Pick<WritingSettings, 'histogramField' | 'confidenceField' | 'writeMood'>;

/** Bars of less are left out of the field: they are what any track has of any genre. */
const LEAST_SHARE = 0.05;

/** Does the change of a decision say what was heard, besides what was decided? */
export const needsHeard = ({ histogramField, confidenceField }: Writing): boolean => histogramField || confidenceField;

/**
 * The change of a file that writes a decision. What the decision does not name stays as it is in the file.
 *
 * @param heard the genre verdict, null where there is none to be written
 */
export function decidedChange(
  { action, genres, moods }: Pick<DecidedTrack, 'action' | 'genres' | 'moods'>,
  heard: Verdict | null,
  mode: TagMode,
  writing: Writing,
): TagChange {
  const custom = {
    ...(writing.histogramField && heard && histogram(heard)),
    ...(writing.confidenceField && heard && confidence(heard, action === 'accept' && genres.length > 0)),
  };
  return withLists(
    {
      ...(genres.length > 0 && { genres }),
      ...(moods.length > 0 && writing.writeMood && { moods }),
      ...(Object.keys(custom).length > 0 && { custom }),
      mode,
    },
    writing,
  );
}

/** A change of genres or moods minds the lists of what stays and what goes, unless it has lists of its own. */
export function withLists(change: TagChange, { keepGenres, dropGenres }: Lists): TagChange {
  if (!change.genres && !change.moods) return change;
  return {
    ...change,
    ...(keepGenres.length > 0 && !change.keep && { keep: keepGenres }),
    ...(dropGenres.length > 0 && !change.drop && { drop: dropGenres }),
  };
}

/** `rock:0.62;metal:0.21`: label and share (0..1, two decimals), the largest first. A track that is no music has none. */
function histogram({ histogram, abstainReason }: Verdict): NonNullable<TagChange['custom']> {
  const bars = histogram.filter(({ share }) => share >= LEAST_SHARE).sort((a, b) => b.share - a.share);
  const text = bars.map(({ label, share }) => `${label}:${share.toFixed(2)}`).join(';');
  return { [HISTOGRAM_FIELD]: text === '' || abstainReason === 'not-music' ? [] : [text] };
}

/** Beside a genre of the user's own, the model's confidence would say nothing true: then the field goes. */
const confidence = (verdict: Verdict, accepted: boolean): NonNullable<TagChange['custom']> => ({
  [CONFIDENCE_FIELD]: accepted ? [verdict.confidence.toFixed(2)] : [],
});
