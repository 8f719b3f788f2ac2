import { formatCount } from '../../ui/format';
import type { Sheet } from './sheet';
import styles from './SheetTable.module.css';

/** The numbers behind a chart as a plain table. */
export function SheetTable({ sheet }: { sheet: Sheet }) {
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{sheet.name}</caption>
      <thead>
        <tr>
          {sheet.head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sheet.rows.map((row, i) => (
          <tr key={i}>
            {row.map((cell, j) =>
              j === 0 ? (
                <th key={j} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={j}>{typeof cell === 'number' ? formatNumber(cell) : cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const formatNumber = (value: number): string => (Number.isInteger(value) ? formatCount(value) : value.toFixed(3));
