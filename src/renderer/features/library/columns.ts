import type { TrackQuery } from '#shared/contract/schemas';
import type { strings } from '../../strings';

export type ColumnKey = keyof typeof strings.columns;
type SortColumn = NonNullable<TrackQuery['sort']>['column'];

export interface Column {
  /** What pressing the head sorts by; null: it can't be sorted by. */
  readonly sort: SortColumn | null;
  readonly align: 'start' | 'end';
  /** Grid track where the user chose no width. */
  readonly track: string;
  /** Least width in pixels. */
  readonly least: number;
}

/** Every column there is. Widths that depend on the room there is are variables in LibraryTable.module.css. */
export const COLUMNS: Readonly<Record<ColumnKey, Column>> = {
  title: { sort: 'title', align: 'start', track: 'minmax(88px, 1.7fr)', least: 88 },
  artist: { sort: 'artist', align: 'start', track: 'minmax(64px, 1.1fr)', least: 64 },
  album: { sort: 'album', align: 'start', track: 'minmax(56px, 1fr)', least: 56 },
  ownGenre: { sort: 'ownGenre', align: 'start', track: 'minmax(56px, 0.8fr)', least: 56 },
  genre: { sort: 'genre', align: 'start', track: 'var(--heard)', least: 144 },
  confidence: { sort: 'confidence', align: 'end', track: 'var(--sure)', least: 40 },
  state: { sort: 'state', align: 'start', track: 'var(--state)', least: 40 },
  mood: { sort: 'mood', align: 'start', track: '88px', least: 56 },
  year: { sort: 'year', align: 'end', track: '44px', least: 40 },
  duration: { sort: 'duration', align: 'end', track: '56px', least: 48 },
  content: { sort: null, align: 'start', track: '80px', least: 56 },
  decision: { sort: null, align: 'start', track: 'minmax(64px, 0.8fr)', least: 64 },
  fileName: { sort: null, align: 'start', track: 'minmax(96px, 1.2fr)', least: 80 },
  folder: { sort: 'path', align: 'start', track: 'minmax(96px, 1.2fr)', least: 80 },
  analysedAt: { sort: 'analysedAt', align: 'end', track: '128px', least: 96 },
};

export const COLUMN_KEYS = Object.keys(COLUMNS) as ColumnKey[];

/** Which columns the table shows, from left to right, and how wide the user made them. */
export interface Columns {
  readonly shown: readonly ColumnKey[];
  /** In pixels. */
  readonly widths: Readonly<Partial<Record<ColumnKey, number>>>;
}

export const usualColumns: Columns = {
  shown: ['title', 'artist', 'album', 'ownGenre', 'genre', 'confidence', 'state'],
  widths: {},
};

const WIDEST = 900;

/** With one column more or less; one that is added comes last, and the last one stays. */
export function withColumn(columns: Columns, key: ColumnKey, shown: boolean): Columns {
  const others = columns.shown.filter((each) => each !== key);
  if (!shown && others.length === 0) return columns;
  return { ...columns, shown: shown ? [...others, key] : others };
}

/** With a column one place further left or right, if there is one. */
export function moved(columns: Columns, key: ColumnKey, step: -1 | 1): Columns {
  const shown = [...columns.shown];
  const from = shown.indexOf(key);
  const to = from + step;
  if (from < 0 || to < 0 || to >= shown.length) return columns;
  shown.splice(to, 0, ...shown.splice(from, 1));
  return { ...columns, shown };
}

/** With a column as wide as it can be of what is asked for; null: as wide as usual. */
export function widened(columns: Columns, key: ColumnKey, width: number | null): Columns {
  const others = Object.fromEntries(Object.entries(columns.widths).filter(([other]) => other !== key));
  if (width === null) return { ...columns, widths: others };
  const fitting = Math.round(Math.min(WIDEST, Math.max(COLUMNS[key].least, width)));
  return { ...columns, widths: { ...others, [key]: fitting } };
}

const GAP = 12;
const PADDING = 24;

/** What a column takes at least where the user chose no width: all of it where it is so many pixels wide. */
const leastOf = ({ track, least }: Column): number => (/^\d+px$/.test(track) ? parseInt(track, 10) : least);

/** The table's grid, and how many pixels it needs at least. */
export function layoutOf({ shown, widths }: Columns): { template: string; least: number } {
  const tracks = shown.map((key) => (widths[key] === undefined ? COLUMNS[key].track : `${widths[key]}px`));
  const least = shown.reduce((sum, key) => sum + (widths[key] ?? leastOf(COLUMNS[key])) + GAP, PADDING - GAP);
  return { template: tracks.join(' '), least };
}

/** What was kept by another version may name columns that are not there any more. */
export function knownColumns(columns: Columns): Columns {
  const shown = columns.shown.filter((key) => key in COLUMNS);
  return shown.length === 0 ? usualColumns : { ...columns, shown };
}
