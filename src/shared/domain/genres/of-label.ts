import { BROAD_GENRES, foldLabel, genreOfLabel } from '../vocabulary';
import { builtInGenreGraph } from './graph';

const BROAD: ReadonlyMap<string, string> = new Map(BROAD_GENRES.map((label) => [foldLabel(label), label]));

/**
 * The broad genre that a label of any model's vocabulary stands for: by its name, else as the nearest genre above it in the built-in graph ("Bebop" is
 * jazz, "Goa Trance" electronic). Never in the light of the collector's own lines: what a model is taken to have heard is the same for everyone, and
 * gets the collector's name when it is shown or written.
 */
export function broadGenreOf(label: string): string | null {
  const byName = genreOfLabel(label);
  if (byName !== null) return byName;
  const graph = builtInGenreGraph();
  const genre = graph.find(label) ?? graph.find(label.replace(/\s*music$/i, ''));
  if (!genre) return null;
  const above = [genre.name, ...graph.ancestors(genre.name)].map((name) => BROAD.get(foldLabel(name)));
  return above.find((name) => name !== undefined) ?? null;
}
