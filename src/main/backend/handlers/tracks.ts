import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import type { Store } from '../../store';
import { withAccepts } from '../accepts';
import type { Context } from '../context';

type Names =
  | 'library.summary'
  | 'tracks.query'
  | 'tracks.ids'
  | 'tracks.groups'
  | 'tracks.groupHeads'
  | 'tracks.byPath'
  | 'tracks.detail'
  | 'failures.list';

export function trackHandlers({ store, refinement }: Context): Pick<Handlers, Names> {
  const { queries } = store;
  return {
    'library.summary': ({ rootId }) => {
      const quick = queries.quickCounts(rootId);
      return { path: store.path, tracks: quick.all, quick };
    },
    'tracks.query': ({ sort, offset, limit, ...filter }) => ({
      total: queries.count(filter, sort),
      rows: withAccepts(store, store.rows(queries.ids(filter, sort, limit, offset))),
    }),
    'tracks.ids': ({ sort, ...filter }) => queries.ids(filter, sort, -1, 0),
    'tracks.groups': ({ sort, ...filter }) => [...queries.groups(filter, sort)],
    'tracks.groupHeads': ({ sort, from, limit, ...filter }) => queries.groupHeads(filter, sort, from, limit),
    'tracks.byPath': ({ paths }) => idsByPaths(store, paths),
    'tracks.detail': ({ id }) => {
      const stored = store.detail(id);
      const [detail] = withAccepts(store, stored ? [stored] : []);
      if (!detail) throw new CodedError('not-found', 'This track is not in the library any more.');
      const { quick, failure } = detail;
      return { ...detail, fullAnalysis: quick ? refinement.stateOf(id, failure !== null) : null };
    },
    'failures.list': ({ limit }) => store.failures.list(limit),
  };
}

/** Ids of the library's tracks at or under the paths, each once, in path order. */
export async function idsByPaths(store: Store, paths: readonly string[]): Promise<number[]> {
  const ids = new Set<number>();
  for (const given of paths) for (const id of await idsByPath(store, given)) ids.add(id);
  return paths.length === 1 ? [...ids] : store.tracks.inPathOrder([...ids]);
}

async function idsByPath(store: Store, given: string): Promise<number[]> {
  const path = resolve(given);
  const direct = store.tracks.idsUnder(path);
  if (direct.length > 0) return direct;
  // The library keeps the true spelling of a path; this one may lead through links.
  const real = await realpath(path).catch(() => path);
  return real === path ? [] : store.tracks.idsUnder(real);
}
