import type { Handlers } from '#shared/contract/methods';
import { BUILT_IN_GENRES } from '#shared/domain/genres/built-in';
import { readGenres } from '#shared/domain/genres/graph';

/** The genres as the window sees them, kept in memory. */
export function genreHandlers(): Pick<Handlers, 'genres.get' | 'genres.set' | 'genres.check'> {
  let text = '';
  const now = () => ({
    text,
    builtIn: BUILT_IN_GENRES,
    genres: [...readGenres(text).graph.genres],
  });
  return {
    'genres.get': now,
    'genres.check': (input) => readGenres(input.text).problems,
    'genres.set': (input) => {
      text = input.text;
      return now();
    },
  };
}
