import type { EvaluatedTask } from './tasks';

/** Where a table has each task's labels, unless another column is named. */
export const LABEL_COLUMNS: Readonly<Record<EvaluatedTask, readonly string[]>> = {
  genre: ['genre'],
  mood: ['mood'],
  'genre-wide': ['genres'],
  'valence-arousal': ['valence', 'arousal'],
  content: ['content'],
};

/** Where the labels of a folder's files come from. */
export const LABELS_FROM = ['folder', 'tag'] as const;
export type LabelsFrom = (typeof LABELS_FROM)[number];

/** What of a file its labels are made from. */
export interface LabelSource {
  /** Name of the folder that the file lies in. */
  readonly folder: string;
  readonly genres: readonly string[];
  readonly moods: readonly string[];
}

/** By column, as a table of labels would have them. */
type Cells = Readonly<Record<string, string>>;

const CELLS: Readonly<Record<LabelsFrom, (source: LabelSource) => Cells>> = {
  // What a folder's name is a label of, the model's own labels tell.
  folder: ({ folder }) => ({ genre: folder, mood: folder, content: folder }),
  tag: ({ genres, moods }) => ({ genre: genres[0] ?? '', genres: genres.join(';'), mood: moods[0] ?? '' }),
};

export const FOLDER_COLUMNS: Readonly<Record<LabelsFrom, readonly string[]>> = {
  folder: ['genre', 'mood', 'content'],
  tag: ['genre', 'mood', 'genres'],
};

/** The labels of a file of a folder (of its own genre and mood the first value, in `genres` all), by column. */
export const cellsOf = (from: LabelsFrom, source: LabelSource): ReadonlyMap<string, string> =>
  new Map(Object.entries(CELLS[from](source)));
