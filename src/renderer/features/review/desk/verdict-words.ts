import type { TrackRow } from '#shared/contract/schemas';
import { nearestLabel } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../../strings';
import { formatShare } from '../../../ui/format';
import { abstainWords } from '../abstain-words';
import { isWithoutGenre } from '../decision-rules';

/** What was heard of a track's genre, in words. */
export function heardWords(row: Pick<TrackRow, 'genre' | 'mood' | 'content'>): string {
  if (isWithoutGenre(row)) return strings.noGenre.facts;
  return verdictWords(row.genre, row.content) ?? strings.notHeard;
}

/** "Jazz, 62% sure", "Not sure; perhaps Jazz (34%)", "Speech, not music", "Rather Ambient than Classical"; null where there is no verdict. */
export function verdictWords(verdict: TrackRow['genre'], content: TrackRow['content']): string | null {
  if (!verdict) return null;
  if (verdict.abstainReason === 'not-music') return abstainWords(verdict, content);
  const share = formatShare(verdict.confidence);
  const label = displayLabel(verdict.top);
  if (verdict.abstainReason === 'other-genre') return strings.desk.rather(displayLabel(nearestLabel(verdict)), label);
  return verdict.abstained ? strings.desk.perhaps(label, share) : strings.desk.sure(label, share);
}
