import { Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Verdict } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatCount, formatPlural, formatShare } from '../../ui/format';
import { inkCss, inkOf, NEUTRAL_INK, type Task } from '../../ui/palette';
import styles from './Histogram.module.css';
import { barLength, topBars, type ShownBar } from './histogram';
import type { HeardBars } from './use-evidence';

interface HistogramProps extends HeardBars {
  readonly task: Task | 'content';
  readonly verdict: Verdict;
  /** Bars at most, the others included. */
  readonly most: number;
  /** Beside the heading, instead of how sure the verdict is. */
  readonly note: string | null;
}

const HEADING = { genre: 'Genre', mood: 'Mood', content: 'Content' } as const;

/** How many windows sound like which label: a bar each with its mean share and the windows it won. */
export function Histogram({ task, verdict, most, note, onHear, heard = null }: HistogramProps) {
  const bars = topBars(verdict.histogram, most);
  const largest = Math.max(...bars.map((bar) => bar.share));
  const windows = verdict.histogram.reduce((sum, bar) => sum + bar.votes, 0);
  return (
    <table className={styles.table} data-abstained={verdict.abstained || undefined}>
      <caption className={styles.caption}>
        <span>{HEADING[task]}</span>
        <span className={styles.sure}>{note ?? `${formatShare(verdict.confidence)} sure`}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col" className={styles.hidden}>
            {HEADING[task]}
          </th>
          <th scope="col" className={styles.hidden}>
            Bar
          </th>
          <th scope="col">share</th>
          <th scope="col" title={formatPlural(windows, 'window')}>
            windows
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.label ?? ''} data-rest={bar.label === null || undefined}>
            <th scope="row" title={bar.label === null ? bar.labels.map(displayLabel).join(', ') : undefined}>
              {bar.label === null ? 'others' : displayLabel(bar.label)}
            </th>
            <td className={styles.track}>
              <Hearable bar={bar} isHeard={bar.label !== null && bar.label === heard} onHear={onHear}>
                <span
                  className={styles.bar}
                  style={{
                    width: `${barLength(bar.share, largest) * 100}%`,
                    background: inkCss(bar.label === null ? NEUTRAL_INK : inkOf(task, bar.label)),
                  }}
                />
              </Hearable>
            </td>
            <td className={styles.number}>{formatShare(bar.share)}</td>
            <td className={styles.number}>{formatCount(bar.votes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HearableProps {
  readonly bar: ShownBar;
  readonly isHeard: boolean;
  readonly onHear: HeardBars['onHear'];
  readonly children: ReactNode;
}

/** A bar that plays the windows it stands for; the whole row takes the pointer. */
function Hearable({ bar: { label, votes }, isHeard, onHear, children }: HearableProps) {
  if (!onHear || label === null || votes === 0) return children;
  return (
    <button
      type="button"
      className={styles.hear}
      aria-label={strings.player.hear(displayLabel(label), votes)}
      aria-pressed={isHeard}
      title={strings.player.hearHelp}
      onClick={() => {
        onHear(label);
      }}
    >
      {children}
      <Volume2 size={12} className={styles.sign} aria-hidden="true" />
    </button>
  );
}
