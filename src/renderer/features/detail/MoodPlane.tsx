import type { Affect } from '#shared/domain/analysis';
import { MOOD_QUADRANTS, quadrantOf } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatSigned } from '../../ui/format';
import { inkCss, moodInk } from '../../ui/palette';
import styles from './MoodPlane.module.css';

/** Where the track lies on the valence-arousal plane: a point, how far its windows lie around it, and the same in words. */
export function MoodPlane({ affect }: { affect: Affect }) {
  const { valence, arousal, valenceSpread, arousalSpread } = affect;
  const quadrant = quadrantOf(valence, arousal);
  const ink = inkCss(moodInk(quadrant.label));
  return (
    <section aria-label={strings.plane.heading} className={styles.section}>
      <h3 className={styles.heading}>{strings.plane.heading}</h3>
      <div className={styles.both}>
        <div className={styles.plane} aria-hidden="true">
          <svg viewBox="-1 -1 2 2" className={styles.drawing}>
            {MOOD_QUADRANTS.map((each) => (
              <rect
                key={each.label}
                x={Math.min(0, each.valence)}
                // Arousal points up, the drawing's y down.
                y={Math.min(0, -each.arousal)}
                width={1}
                height={1}
                style={{ fill: inkCss(moodInk(each.label)) }}
                opacity={each === quadrant ? 0.22 : 0.08}
              />
            ))}
            <path d="M-1 0H1M0 -1V1" className={styles.axes} />
            <ellipse
              cx={valence}
              cy={-arousal}
              rx={valenceSpread}
              ry={arousalSpread}
              style={{ stroke: ink, fill: ink }}
            />
            <circle cx={valence} cy={-arousal} r={0.07} style={{ fill: ink }} className={styles.point} />
          </svg>
          {MOOD_QUADRANTS.map((each) => (
            <span key={each.label} className={styles.corner} data-quadrant={each.quadrant}>
              {each.tag}
            </span>
          ))}
        </div>
        <div className={styles.words}>
          <p className={styles.leans}>{strings.plane.leans(quadrant.name)}</p>
          <dl className={styles.list}>
            <Dimension name={strings.plane.valence} value={valence} spread={valenceSpread} />
            <Dimension name={strings.plane.arousal} value={arousal} spread={arousalSpread} />
          </dl>
          <p className={styles.help}>{strings.plane.help}</p>
        </div>
      </div>
    </section>
  );
}

function Dimension({ name, value, spread }: { name: string; value: number; spread: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {formatSigned(value)} <span className={styles.spread}>± {spread.toFixed(2)}</span>
      </dd>
    </div>
  );
}
