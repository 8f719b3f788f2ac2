/** The numbers behind a chart: what its table shows and what is saved as CSV. */
export interface Sheet {
  /** Also the name of saved files. */
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** As RFC 4180 has it: cells with a comma, a quote or a line end in quotes, lines ended by CRLF; a null cell is empty. */
export function toCsv({ head, rows }: Sheet): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A file name out of a chart's name: "Own genre and heard" as "own-genre-and-heard". */
export const fileName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
