import type { TrackRow } from '#shared/contract/schemas';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';

/** Why a verdict names nothing, in a few words ("not sure", "Speech, not music", "rather Ambient"); null where it names something. */
export function abstainWords(verdict: NonNullable<TrackRow['genre']>, content: TrackRow['content']): string | null {
  switch (verdict.abstainReason) {
    case null:
      return null;
    case 'unsure':
      return strings.notSure;
    case 'other-genre':
      return strings.rather(displayLabel(verdict.rather ?? ''));
    case 'not-music':
      return strings.content.notMusic[content?.top ?? ''] ?? strings.content.notMusic.other;
  }
}
