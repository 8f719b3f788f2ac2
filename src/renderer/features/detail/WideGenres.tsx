import { Check } from 'lucide-react';
import { useState } from 'react';
import { isNamed, type WideGenre } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatCount, formatPlural, formatShare } from '../../ui/format';
import { genreInk, inkCss } from '../../ui/palette';
import { nearestWide } from './wide';
import styles from './WideGenres.module.css';

/** The wide vocabulary, where a track may have several labels or none: a bar each, with the mark from which it is named. */
export function WideGenres({ wide }: { wide: readonly WideGenre[] }) {
  const [all, setAll] = useState(false);
  const named = wide.filter(isNamed).length;
  const shown = all ? wide : nearestWide(wide);
  return (
    <section aria-label={strings.wide.heading} className={styles.section}>
      <table className={styles.table}>
        <caption className={styles.caption}>
          {strings.wide.heading}
          <span className={styles.note}>{strings.wide.named(named, wide.length)}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col" className={styles.hidden}>
              Genre
            </th>
            <th scope="col" className={styles.hidden}>
              Bar and mark
            </th>
            <th scope="col">score</th>
            <th scope="col">windows</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((each) => (
            <Line key={each.label} genre={each} />
          ))}
        </tbody>
      </table>
      {wide.length > nearestWide(wide).length && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? strings.wide.fewer : strings.wide.all(wide.length)}
        </button>
      )}
    </section>
  );
}

function Line({ genre }: { genre: WideGenre }) {
  const { label, score, threshold, votes } = genre;
  const named = isNamed(genre);
  return (
    <tr
      data-named={named || undefined}
      title={strings.wide.line(formatShare(threshold), formatPlural(votes, 'window'))}
    >
      <th scope="row">
        <span className={styles.name}>
          <span className={styles.label}>{displayLabel(label)}</span>
          {named && <Check size={13} role="img" aria-label={strings.wide.isNamed} className={styles.check} />}
        </span>
      </th>
      <td className={styles.track}>
        <div className={styles.scale} role="img" aria-label={strings.wide.mark(formatShare(threshold))}>
          <div className={styles.bar} style={{ width: `${score * 100}%`, color: inkCss(genreInk(label)) }} />
          <div className={styles.mark} style={{ left: `${threshold * 100}%` }} />
        </div>
      </td>
      <td className={styles.number}>{formatShare(score)}</td>
      <td className={styles.number}>{formatCount(votes)}</td>
    </tr>
  );
}
