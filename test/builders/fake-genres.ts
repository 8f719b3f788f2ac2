import type { Handlers } from '#shared/contract/methods';
import { BUILT_IN_GENRES } from '#shared/domain/genres/built-in';
import { readGenres } from '#shared/domain/genres/graph';
import { unknownGenres } from '../../src/main/backend/unknown-genres';
import { cleanGenres } from '../../src/main/core/tags/clean-genres';
import type { FakeLibrary } from './fake-backend';

type Names = 'genres.get' | 'genres.set' | 'genres.check' | 'genres.unknown';

export interface FakeGenres {
  readonly handlers: Pick<Handlers, Names>;
  readonly text: () => string;
  readonly cleaned: (genres: readonly string[]) => readonly string[];
}

/** The genres as the window sees them, kept in memory. */
export function fakeGenres(library: FakeLibrary): FakeGenres {
  let text = '';
  let { graph } = readGenres(text);
  const now = () => ({ text, builtIn: BUILT_IN_GENRES, genres: [...graph.genres] });
  return {
    text: () => text,
    cleaned: (genres) => cleanGenres(graph, genres, { keep: [], drop: [] }),
    handlers: {
      'genres.get': now,
      'genres.check': (input) => readGenres(input.text).problems,
      'genres.set': (input) => {
        ({ text } = input);
        ({ graph } = readGenres(text));
        library.changed();
        return now();
      },
      'genres.unknown': () => {
        const outputs = [{ name: 'genre', task: 'genre', labels: ['rock', 'female vocalists'] }];
        const lists = library.rows.map(({ ownGenres }) => ({ genres: ownGenres, tracks: 1 }));
        return unknownGenres(graph, outputs, lists);
      },
    },
  };
}
