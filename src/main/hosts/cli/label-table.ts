import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { CodedError } from '#shared/domain/failure';
import { UsageError } from '../shared/exit';

export interface LabelledFile {
  /** Absolute. */
  readonly path: string;
  /** As the table spells it. */
  readonly label: string;
}

/**
 * Reads a table of labels: a CSV with a header, a `file` column (relative to the root) and the named column.
 *
 * @param root the CSV's own folder if absent
 * @throws CodedError `not-found` | `read-failed`; UsageError where a column is missing or the text is no CSV
 */
export async function readLabelTable(csvPath: string, column: string, root?: string): Promise<LabelledFile[]> {
  const folder = resolve(root ?? dirname(csvPath));
  const rows = parseCsv(await readText(csvPath), csvPath);
  const header = rows[0] ?? [];
  const [fileAt, labelAt] = [indexOfColumn(header, 'file', csvPath), indexOfColumn(header, column, csvPath)];
  return rows
    .slice(1)
    .map((row) => ({ file: row[fileAt] ?? '', label: row[labelAt] ?? '' }))
    .filter(({ file }) => file !== '')
    .map(({ file, label }) => ({ path: resolve(folder, file), label }));
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
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`${csvPath} is no CSV table: ${error.message}`);
    throw error;
  }
}

function indexOfColumn(header: readonly string[], name: string, csvPath: string): number {
  const index = header.indexOf(name);
  if (index >= 0) return index;
  throw new UsageError(`${csvPath} has no column "${name}". Its columns are: ${header.join(', ') || '(none)'}.`);
}
