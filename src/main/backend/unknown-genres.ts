import type { UnknownGenres } from '#shared/contract/genre-schemas';
import type { ModelInfo } from '#shared/contract/schemas';
import type { GenreGraph } from '#shared/domain/genres/graph';
import { contentOfLabel, foldLabel } from '#shared/domain/vocabulary';

/**
 * What a model's genre outputs and files' tags name that the graph does not. Of a model that hears more than music ("Speech", "Bird") what says so is
 * left out.
 *
 * @param lists the genres of tracks, and how many tracks have just these
 */
export function unknownGenres(
  graph: Pick<GenreGraph, 'find' | 'isIgnored'>,
  outputs: ModelInfo['outputs'],
  lists: readonly { readonly genres: readonly string[]; readonly tracks: number }[],
): UnknownGenres {
  const isUnknown = (label: string): boolean => graph.find(label) === null && !graph.isIgnored(label);
  const ofModel = outputs
    .filter(({ task }) => task === 'genre' || task === 'genre-wide')
    .flatMap(({ name, labels }) => labels.map((label) => ({ output: name, label })))
    .filter(({ label }) => isUnknown(label) && contentOfLabel(label) === null);
  const found = new Map<string, { label: string; tracks: number }>();
  for (const { genres, tracks } of lists)
    for (const label of new Set(genres.filter(isUnknown))) {
      const key = foldLabel(label) || label;
      const known = found.get(key) ?? { label, tracks: 0 };
      found.set(key, { ...known, tracks: known.tracks + tracks });
    }
  const ofTags = [...found.values()].sort((a, b) => b.tracks - a.tracks || (a.label < b.label ? -1 : 1));
  return { ofModel, ofTags };
}
