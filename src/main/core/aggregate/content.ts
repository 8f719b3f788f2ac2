import { isNotMusic, type Verdict } from '#shared/domain/analysis';

/**
 * Whether a window counts for what is said of the music: not if the window's own content probabilities give more than half to
 * something else. Half and half counts.
 *
 * @param probabilities [labels], sum 1
 */
export function isMusicWindow(labels: readonly string[], probabilities: Float64Array): boolean {
  return 1 - probabilities[labels.indexOf('music')]! <= 0.5;
}

/** A genre or mood verdict in the light of the track's content: what is surely no music has neither, however sure it looks. */
export function withContent(verdict: Verdict, content: Verdict | null): Verdict {
  return isNotMusic(content) ? { ...verdict, abstained: true, abstainReason: 'not-music' } : verdict;
}
