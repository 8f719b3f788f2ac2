import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { MOST_EVALUATED, type JudgedTask, type LabelSource } from '#shared/contract/evaluation';
import type { JobFailure } from '#shared/contract/schemas';
import type { OwnTags } from '#shared/domain/tags';
import { folderFailure } from '../../adapters/walk/errors';
import { cellsOf, FOLDER_COLUMNS, LABEL_COLUMNS } from '../../core/evaluation/columns';
import { LabelError } from '../../core/evaluation/label-error';
import type { Context } from '../context';
import { locate } from '../paths';
import { abortable, mapBounded } from '../stages/bounded';
import { readLabelTable, requireColumns, type LabelTable } from './label-table';

/** Files looked at side by side. */
const AT_ONCE = 32;

/** Files that were said to be labelled, before their labels are read. */
export interface FoundFiles {
  /** In path order or, of a table, in its order; each once, at most `MOST_EVALUATED`. */
  readonly paths: readonly string[];
  readonly failures: readonly JobFailure[];
  /** Of a table: its columns, and the one that holds the task's labels if there is one. */
  readonly columns: readonly string[];
  readonly column: string | null;
  /** The label of a file, given its own tags where these are asked for; empty where it has none. */
  readonly labelOf: (path: string, tags: OwnTags | null) => string;
  /** Whether a label is told by the file's own tags alone. */
  readonly byTags: boolean;
}

/**
 * Finds the files that labels are said to be for.
 *
 * @throws CodedError `not-found`, `permission-denied`, `read-failed`; LabelError where the source can hold no labels of the task, or too many
 */
export async function findLabelled(
  context: Context,
  source: LabelSource,
  task: JudgedTask,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const { kind } = source;
  if (kind === 'table') return ofTable(context, source, task, signal);
  const { path, isFolder } = await locate(source.path);
  if (!isFolder) throw new LabelError(`${path} is a file. Choose a folder of music, or take the labels from a table.`);
  const column = LABEL_COLUMNS[task][0]!;
  if (!FOLDER_COLUMNS[kind].includes(column))
    throw new LabelError(
      `The files’ own tags say nothing of ${task}. Take the labels from names of folders, or from a table.`,
    );
  const { paths, failures } = await walked(context, path, signal);
  return {
    ...{ paths, failures, column },
    columns: [],
    labelOf: (file, tags) => {
      const { genres, moods } = tags ?? { genres: [], moods: [] };
      return cellsOf(kind, { folder: basename(dirname(file)), genres, moods }).get(column) ?? '';
    },
    byTags: kind === 'tag',
  };
}

async function walked({ walk }: Context, folder: string, signal: AbortSignal) {
  const paths: string[] = [];
  const failures: JobFailure[] = [];
  for await (const found of walk(folder, signal)) {
    if (found.kind === 'failure') failures.push({ path: found.path, code: found.code, message: found.message });
    if (found.kind !== 'file') continue;
    if (paths.length === MOST_EVALUATED) throw tooMany(folder);
    paths.push(found.path);
  }
  return { paths, failures };
}

async function ofTable(
  context: Context,
  source: LabelSource,
  task: JudgedTask,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const table = await abortable(readLabelTable(source.path, source.root), signal);
  if (table.files.length > MOST_EVALUATED) throw tooMany(source.path);
  const column = columnOf(table, source.column, task);
  const cells = new Map(table.files.map((file) => [file.path, file.cells]));
  const found = await mapBounded([...cells.keys()], AT_ONCE, (path) => whyNotThere(context, path));
  return {
    paths: [...cells.keys()].filter((_, i) => found[i] === null),
    failures: found.filter((failure) => failure !== null),
    columns: table.columns,
    column,
    labelOf: (path) => (column === null ? '' : (cells.get(path)?.get(column) ?? '')),
    byTags: false,
  };
}

/** @throws LabelError where the column named is not there */
function columnOf(table: LabelTable, named: string | undefined, task: JudgedTask): string | null {
  if (named !== undefined) requireColumns(table, [named]);
  const usual = LABEL_COLUMNS[task][0]!;
  return named ?? (table.columns.includes(usual) ? usual : null);
}

/** A table may name what may not be reached: nothing is told of such places, not even whether they are there. */
async function whyNotThere({ confinement }: Context, path: string): Promise<JobFailure | null> {
  const refusal = await confinement.refusal(path);
  if (refusal) return { path, code: refusal.code, message: refusal.message };
  try {
    await stat(path);
    return null;
  } catch (error) {
    return { path, ...folderFailure(path, error) };
  }
}

const tooMany = (path: string): LabelError =>
  new LabelError(
    `${path} holds more than ${MOST_EVALUATED.toLocaleString('en')} files, which is more than one evaluation keeps in mind. Choose a part of them.`,
  );
