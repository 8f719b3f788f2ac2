import type { Handlers } from '#shared/contract/methods';
import { BUILT_IN_GENRES } from '#shared/domain/genres/built-in';
import { readGenres } from '#shared/domain/genres/graph';

/** The genres as the window sees them, kept in memory. */
export function genreHandlers(): {
  handlers: Pick<Handlers, 'genres.get' | 'genres.set' | 'genres.check'>;
  text: () => string;
} {
  let text = '';
  const now = () => ({
    text,
    builtIn: BUILT_IN_GENRES,
    genres: [...readGenres(text).graph.genres],
  });
  const handlers = {
    'genres.get': now,
    'genres.check': (input: { text: string }) => readGenres(input.text).problems,
    'genres.set': (input: { text: string }) => {
      text = input.text;
      return now();
    },
  } satisfies Partial<Handlers>;
  return { handlers, text: () => text };
}
