import type { Handlers, MethodOutput } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { BUILT_IN_GENRES } from '#shared/domain/genres/built-in';
import { readGenres } from '#shared/domain/genres/graph';
import type { Context } from '../context';
import { unknownGenres } from '../unknown-genres';

type Names = 'genres.get' | 'genres.set' | 'genres.check' | 'genres.unknown';

export function genreHandlers({ store, events, session }: Context): Pick<Handlers, Names> {
  const now = (): MethodOutput<'genres.get'> => ({
    text: store.genres.text(),
    builtIn: BUILT_IN_GENRES.trim(),
    genres: [...store.genres.graph().genres],
  });
  return {
    'genres.get': now,
    'genres.check': ({ text }) => readGenres(text).problems,
    'genres.unknown': async () => {
      const chosen = session.choice(await session.models());
      return unknownGenres(store.genres.graph(), 'code' in chosen ? [] : chosen.outputs, store.genres.ownLists());
    },
    'genres.set': ({ text }) => {
      const [problem, ...others] = readGenres(text).problems;
      if (problem) {
        const where = problem.line > 0 ? `Line ${problem.line}: ` : '';
        const more = others.length > 0 ? ` (and ${others.length} more)` : '';
        throw new CodedError('invalid-input', `${where}${problem.message}${more} Nothing was changed.`);
      }
      store.changeGenres(text);
      events.emit('library.changed', {});
      return now();
    },
  };
}
