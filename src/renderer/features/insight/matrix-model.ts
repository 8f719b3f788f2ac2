import { formatCount, formatShare } from '../../ui/format';
import type { Task } from '../../ui/palette';
import type { Picture, Shape } from './picture';
import type { Sheet } from './sheet';

/** A table of counts with names along both sides; the key asks for the tracks. */
export interface Matrix {
  readonly name: string;
  readonly rowHead: string;
  readonly columnHead: string;
  readonly rows: readonly Side[];
  readonly columns: readonly Side[];
  readonly counts: readonly (readonly number[])[];
  /** What the names with a colour are; genres where it is left out. */
  readonly task?: Task;
}

export interface Side {
  readonly key: string;
  readonly name: string;
  /** A genre that has a colour of its own, and not "None named" or the like. */
  readonly genre: boolean;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const rowTotals = ({ counts }: Matrix): number[] => counts.map(sum);
export const columnTotals = ({ counts, columns }: Matrix): number[] =>
  columns.map((_, column) => sum(counts.map((row) => row[column] ?? 0)));

/** How strongly a cell is tinted, in per cent: by its share of the row, so that rare genres show their pattern too. */
export const tintOf = (count: number, total: number): number => (count === 0 ? 0 : 6 + 40 * (count / total));

export const cellText = (count: number, total: number, asShare: boolean): string => {
  if (count === 0) return '';
  return asShare ? formatShare(count / total) : formatCount(count);
};

export function matrixSheet(matrix: Matrix): Sheet {
  return {
    name: matrix.name,
    head: [`${matrix.rowHead} / ${matrix.columnHead}`, ...matrix.columns.map(({ name }) => name), 'Total'],
    rows: [
      ...matrix.rows.map(({ name }, i) => [name, ...(matrix.counts[i] ?? []), sum(matrix.counts[i] ?? [])]),
      ['Total', ...columnTotals(matrix), sum(rowTotals(matrix))],
    ],
  };
}

const NAMES = 152;
const CELL = { width: 76, height: 26 } as const;
const HEAD = 44;

export function matrixPicture(matrix: Matrix, asShare: boolean): Picture {
  const { rows, columns, counts } = matrix;
  const shapes: Shape[] = [
    {
      kind: 'text',
      x: NAMES - 12,
      y: 30,
      text: `${matrix.rowHead} ↓  ${matrix.columnHead} →`,
      fill: 'var(--text-3)',
      align: 'end',
    },
    ...columns.map(({ name }, i): Shape => ({
      kind: 'text',
      x: NAMES + (i + 0.5) * CELL.width,
      y: 30,
      text: name,
      fill: 'var(--text)',
      align: 'middle',
    })),
  ];
  rows.forEach((row, i) => {
    const y = HEAD + i * CELL.height;
    const total = sum(counts[i] ?? []);
    shapes.push({ kind: 'text', x: NAMES - 12, y: y + 17, text: row.name, fill: 'var(--text)', align: 'end' });
    columns.forEach((column, j) => {
      const count = counts[i]?.[j] ?? 0;
      const x = NAMES + j * CELL.width;
      const place = { x: x + 1, y: y + 1, width: CELL.width - 2, height: CELL.height - 2 };
      if (count > 0)
        shapes.push({ kind: 'rect', ...place, fill: 'var(--accent)', opacity: tintOf(count, total) / 100 });
      const text = cellText(count, total, asShare);
      shapes.push({
        kind: 'text',
        x: x + CELL.width / 2,
        y: y + 17,
        text,
        fill: 'var(--text)',
        align: 'middle',
        bold: row.key === column.key,
      });
    });
  });
  return { width: NAMES + columns.length * CELL.width, height: HEAD + rows.length * CELL.height, shapes };
}
