import { formatCount, formatShare } from '../../ui/format';
import styles from './BarTable.module.css';
import { barsPicture, barsSheet, largestShare, type Bars } from './bars-model';
import { ChartTools } from './ChartTools';

interface BarTableProps {
  readonly chart: Bars;
  /** Beside the heading. */
  readonly note?: string;
  readonly pickedKey?: string | null;
  /** Shows the tracks behind a bar; without it bars can't be picked. */
  readonly onPick?: (key: string, name: string) => void;
}

/** Bars as a table, which is what they are to those who don't see them. */
export function BarTable({ chart, note, pickedKey, onPick }: BarTableProps) {
  const longest = largestShare(chart);
  return (
    <section className={styles.section} aria-label={chart.name}>
      <header className={styles.head}>
        <h3 className={styles.title}>{chart.name}</h3>
        {note && <span className={styles.note}>{note}</span>}
        <span className={styles.space} />
        <ChartTools sheet={barsSheet(chart)} picture={() => barsPicture(chart)} />
      </header>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{chart.head[0]}</th>
            <td />
            <th scope="col">{chart.head[1]}</th>
            <th scope="col">{chart.head[2]}</th>
          </tr>
        </thead>
        <tbody>
          {chart.bars.map(({ key, name, share, tracks, colour, unsure }) => (
            <tr key={key} data-picked={(pickedKey != null && pickedKey === key) || undefined}>
              <th scope="row" title={name}>
                {onPick ? (
                  <button
                    type="button"
                    className={styles.pick}
                    onClick={() => {
                      onPick(key, name);
                    }}
                  >
                    {name}
                  </button>
                ) : (
                  name
                )}
              </th>
              <td className={styles.track}>
                <div
                  className={styles.bar}
                  data-unsure={unsure || undefined}
                  style={{ width: `${longest === 0 ? 0 : (100 * share) / longest}%`, background: colour }}
                />
              </td>
              <td className={styles.number}>{formatShare(share)}</td>
              <td className={styles.number}>{formatCount(tracks)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
