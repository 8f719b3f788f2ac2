import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import type { Layout } from './map-store';
import type { Sheet } from './sheet';

const say = strings.insight.map;

/** A genre on the map: null is what the model is not sure of. */
export interface MapGenre {
  readonly genre: string | null;
  readonly name: string;
  readonly points: readonly number[];
}

/** The genres on a map, those with most tracks first; what is not sure comes last. */
export function genresOf({ genres }: Layout): MapGenre[] {
  const points = new Map<string | null, number[]>();
  genres.forEach((genre, i) => {
    const known = points.get(genre);
    if (known) known.push(i);
    else points.set(genre, [i]);
  });
  return [...points]
    .map(([genre, found]) => ({ genre, name: genre === null ? say.unsure : displayLabel(genre), points: found }))
    .sort((a, b) => Number(a.genre === null) - Number(b.genre === null) || b.points.length - a.points.length);
}

/** Where each genre lies: the middle of its tracks, and how far they lie from it (root mean square). */
export function mapSheet(layout: Layout): Sheet {
  const { places } = layout;
  return {
    name: say.title,
    head: [say.genre, say.tracks, say.x, say.y, say.spread],
    rows: genresOf(layout).map(({ name, points }) => {
      const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      const x = mean(points.map((i) => places[2 * i] ?? 0));
      const y = mean(points.map((i) => places[2 * i + 1] ?? 0));
      const spread = Math.sqrt(
        mean(points.map((i) => ((places[2 * i] ?? 0) - x) ** 2 + ((places[2 * i + 1] ?? 0) - y) ** 2)),
      );
      return [name, points.length, ...[x, y, spread].map((value) => Number(value.toFixed(4)))];
    }),
  };
}
