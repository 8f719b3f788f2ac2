import { useState, type KeyboardEvent } from 'react';
import type { MatrixCell } from '#shared/contract/insight';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import { formatCount, formatPlural, formatShare } from '../../ui/format';
import { cellText, columnTotals, rowTotals, sum, tintOf, type Matrix } from './matrix-model';
import styles from './MatrixGrid.module.css';
import { cellKey } from './use-insight';

interface MatrixGridProps {
  readonly matrix: Matrix;
  readonly asShare: boolean;
  /** Of the cell whose tracks are shown. */
  readonly pickedKey: string | null;
  readonly onPick: (cell: MatrixCell, label: string) => void;
}

/** A matrix of counts. One stop for the tab key; the arrows go from cell to cell, and Enter shows a cell's tracks. */
export function MatrixGrid({ matrix, asShare, pickedKey, onPick }: MatrixGridProps) {
  const { rows, columns, counts, task = 'genre' } = matrix;
  const [at, setAt] = useState({ row: 0, column: 0 });
  const inRow = rowTotals(matrix);
  const inColumn = columnTotals(matrix);
  // The totals are one row and one column more.
  const row = Math.min(at.row, rows.length);
  const column = Math.min(at.column, columns.length);

  const cellOf = (i: number, j: number): MatrixCell => ({
    row: rows[i]?.key ?? null,
    column: columns[j]?.key ?? null,
  });
  const labelOf = (i: number, j: number): string =>
    strings.insight.matrix.cell(matrix.rowHead, rows[i]?.name ?? null, matrix.columnHead, columns[j]?.name ?? null);

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    const to = step(event.key, row, column, rows.length, columns.length);
    if (to) {
      event.preventDefault();
      setAt(to);
      event.currentTarget.querySelector<HTMLElement>(`[data-row="${to.row}"][data-column="${to.column}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onPick(cellOf(row, column), labelOf(row, column));
    }
  };

  const cell = (i: number, j: number, count: number, total: number, isTotal: boolean) => {
    const key = cellKey(cellOf(i, j));
    const tint = isTotal ? 0 : tintOf(count, total);
    return (
      <td
        key={j}
        role="gridcell"
        className={styles.cell}
        data-row={i}
        data-column={j}
        data-total={isTotal || undefined}
        data-same={(count > 0 && !isTotal && rows[i]?.key === columns[j]?.key) || undefined}
        aria-selected={pickedKey === key}
        tabIndex={i === row && j === column ? 0 : -1}
        style={
          tint > 0 ? { background: `color-mix(in srgb, var(--accent) ${tint.toFixed(1)}%, transparent)` } : undefined
        }
        title={`${labelOf(i, j)}: ${formatPlural(count, 'track')}${total > 0 ? `, ${formatShare(count / total)}` : ''}`}
        onClick={() => {
          setAt({ row: i, column: j });
          onPick(cellOf(i, j), labelOf(i, j));
        }}
      >
        {cellText(count, total, asShare && !isTotal)}
        {count === 0 && <span className={styles.hidden}>0</span>}
      </td>
    );
  };

  return (
    <div className={styles.scroller}>
      <table role="grid" className={styles.grid} aria-label={matrix.name} onKeyDown={onKeyDown}>
        <thead>
          <tr role="row">
            <th role="columnheader" scope="col" className={styles.corner}>
              {matrix.rowHead} <span aria-hidden="true">↓</span> {matrix.columnHead} <span aria-hidden="true">→</span>
            </th>
            {columns.map(({ key, name, genre }) => (
              <th key={key} role="columnheader" scope="col" className={styles.column}>
                {genre && <Dot task={task} label={name} />} {name}
              </th>
            ))}
            <th role="columnheader" scope="col" className={styles.column}>
              {strings.insight.matrix.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, genre }, i) => (
            <tr key={key} role="row">
              <th role="rowheader" scope="row" className={styles.row} title={name}>
                {genre && <Dot task={task} label={name} />} {name}
              </th>
              {columns.map((_, j) => cell(i, j, counts[i]?.[j] ?? 0, inRow[i] ?? 0, false))}
              {cell(i, columns.length, inRow[i] ?? 0, sum(inRow), true)}
            </tr>
          ))}
          <tr role="row">
            <th role="rowheader" scope="row" className={styles.row}>
              {strings.insight.matrix.total}
            </th>
            {columns.map((_, j) => cell(rows.length, j, inColumn[j] ?? 0, sum(inRow), true))}
            {cell(rows.length, columns.length, sum(inRow), sum(inRow), true)}
          </tr>
        </tbody>
      </table>
      <p className={styles.hidden} role="note">
        {strings.insight.matrix.keys(formatCount(sum(inRow)))}
      </p>
    </div>
  );
}

/** Where a key leads from a cell; null where it leads nowhere. */
function step(
  key: string,
  row: number,
  column: number,
  lastRow: number,
  lastColumn: number,
): { row: number; column: number } | null {
  switch (key) {
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(lastRow, row + 1), column };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: lastColumn };
    default:
      return null;
  }
}
