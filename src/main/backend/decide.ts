import type { Decision } from '#shared/contract/schemas';
import type { ParsedInput } from '#shared/contract/methods';
import type { Verdict } from '#shared/domain/analysis';
import { assertNever, failed, ok, type Result } from '#shared/domain/failure';
import { writtenGenre, type GenreGraph } from '#shared/domain/genres/graph';
import { displayLabel, MOOD_QUADRANTS } from '#shared/domain/vocabulary';

/** What of a verdict a decision needs. */
type Choice = Pick<Verdict, 'top' | 'abstained'>;
type Request = ParsedInput<'decisions.set'>;

/** How a model's mood label is written into tags. */
const moodTag = (label: string): string =>
  MOOD_QUADRANTS.find((mood) => mood.label === label)?.tag ?? displayLabel(label);

/** The decision that a request makes for one track; null takes an earlier one back. */
export function decide(
  request: Request,
  track: { genre: Choice | null; mood: Choice | null },
  now: number,
  graph: GenreGraph,
): Result<Decision | null> {
  switch (request.action) {
    case 'clear':
      return ok(null);
    case 'skip':
      return ok({ action: 'skip', genres: [], moods: [], decidedAt: now });
    case 'not-music':
      return ok({ action: 'skip', genres: [], moods: [], decidedAt: now, notMusic: true });
    case 'change': {
      const { genres = [], moods = [] } = request;
      if (genres.length + moods.length === 0) return failed('invalid-input', 'Name at least one genre or mood.');
      return ok({ action: 'change', genres, moods, decidedAt: now });
    }
    case 'accept':
      return accept(track, now, graph);
    default:
      return assertNever(request.action);
  }
}

/** Accepts what the model is sure of: the genre as the collector writes it, the mood, or both. */
function accept(
  { genre, mood }: { genre: Choice | null; mood: Choice | null },
  now: number,
  graph: GenreGraph,
): Result<Decision> {
  if (!genre)
    return failed('invalid-input', 'This track has no verdict to accept. Analyse it, or choose a genre yourself.');
  const name = genre.abstained ? null : writtenGenre(graph, genre.top);
  const genres = name === null ? [] : [name];
  const moods = mood && !mood.abstained ? [moodTag(mood.top)] : [];
  if (genres.length + moods.length === 0)
    return failed(
      'invalid-input',
      'No genre was named in this track: the model is not sure enough, or hears no music. Choose one yourself, or skip it.',
    );
  return ok({ action: 'accept', genres, moods, decidedAt: now });
}
