import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { CodedError } from '#shared/domain/failure';
import type { LabelledFile } from '../../core/evaluation/hearing';
import { LabelError } from '../../core/evaluation/label-error';

export interface LabelTable {
  /** The file or folder that it was read from, for messages. */
  readonly source: string;
  readonly columns: readonly string[];
  /** Each with all of the table's columns. */
  readonly files: readonly LabelledFile[];
}

/** What stands between cells, apart from the comma of the format: spreadsheets of many countries write a semicolon. */
const SEPARATORS = [',', ';', '\t'] as const;

/** Columns that a sentence names. */
const MOST_NAMED = 12;

/**
 * Reads a table of labels: a CSV with a header and a `file` column (relative to the root), with commas, semicolons or tabs between cells.
 *
 * @param root the CSV's own folder if absent
 * @throws CodedError `not-found` | `read-failed`; LabelError where there is no `file` column or what is read is no CSV
 */
export async function readLabelTable(csvPath: string, root?: string): Promise<LabelTable> {
  const folder = resolve(root ?? dirname(csvPath));
  const [columns = [], ...rows] = parseCsv(await readText(csvPath), csvPath);
  requireColumns({ source: csvPath, columns }, ['file'], ' Call the column that holds the files’ paths "file".');
  const files = rows
    .map((row) => new Map(columns.map((column, i) => [column, row[i] ?? ''])))
    .filter((cells) => cells.get('file') !== '')
    .map((cells) => ({ path: resolve(folder, cells.get('file') ?? ''), cells }));
  return { source: csvPath, columns, files };
}

/** @throws LabelError naming the columns that there are, if one of the names is not among them; `remedy` is said after it */
export function requireColumns(
  { source, columns }: Omit<LabelTable, 'files'>,
  names: readonly string[],
  remedy = '',
): void {
  const missing = names.find((name) => !columns.includes(name));
  if (missing === undefined) return;
  const more = columns.length > MOST_NAMED ? ', …' : '';
  const there = columns.slice(0, MOST_NAMED).join(', ') || '(none)';
  throw new LabelError(`${source} has no column "${missing}". Its columns are: ${there}${more}.${remedy}`);
}

async function readText(csvPath: string): Promise<string> {
  try {
    return await readFile(csvPath, 'utf8');
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const why = isMissing ? 'There is no such file. Check the spelling.' : 'Check that it is a file that you may read.';
    throw new CodedError(isMissing ? 'not-found' : 'read-failed', `The labels ${csvPath} can't be read. ${why}`, {
      cause,
    });
  }
}

function parseCsv(text: string, csvPath: string): string[][] {
  if (text.includes('\0'))
    throw new LabelError(`${csvPath} is no text. Save the table as CSV in UTF-8, and choose that file.`);
  const delimiter = separatorOf(text);
  try {
    return parse(text, { delimiter, bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) throw new LabelError(`${csvPath} is no CSV table: ${error.message}`);
    throw error;
  }
}

/** The one by which the header has a column `file`; the comma where none does. Cells may hold the others. */
function separatorOf(text: string): string {
  const [header = ''] = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .split(/\r?\n/, 1);
  const names = (separator: string): string[] =>
    header.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  return SEPARATORS.find((separator) => names(separator).includes('file')) ?? ',';
}
