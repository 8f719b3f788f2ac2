export type Cell = string | number | boolean | null | readonly string[];

/** One line of a CSV table as RFC 4180 has it, with its line end. Lists are joined by "; ", null is an empty cell. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\r\n`;

function quoted(cell: Cell): string {
  const text = cell === null ? '' : typeof cell === 'object' ? cell.join('; ') : String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
