import type { TrackRow } from '#shared/contract/schemas';
import { nearestLabel } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';

/** Why a verdict names nothing, in a few words ("not sure", "Speech, not music", "rather Ambient"); null where it names something. */
export function abstainWords(verdict: NonNullable<TrackRow['genre']>, content: TrackRow['content']): string | null {
  switch (verdict.abstainReason) {
    case null:
      return null;
    case 'unsure':
      return strings.notSure;
    case 'other-genre':
      return strings.rather(displayLabel(nearestLabel(verdict)));
    case 'not-music':
      return strings.content.notMusic[content?.top ?? ''] ?? strings.content.notMusic.other;
  }
}

/** The same, or the label that is named and how sure it is ("Jazz 62%"). */
export const briefWords = (verdict: NonNullable<TrackRow['genre']>, content: TrackRow['content']): string =>
  abstainWords(verdict, content) ?? `${displayLabel(verdict.top)} ${formatShare(verdict.confidence)}`;
