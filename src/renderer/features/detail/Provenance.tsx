import type { TrackDetail } from '#shared/contract/schemas';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatClock, formatMoment, formatPlural, formatShare } from '../../ui/format';
import styles from './Provenance.module.css';

/** Where the verdict comes from: model, decoder, provider and when; and what the file is. */
export function Provenance({ detail }: { detail: TrackDetail }) {
  const { analysis } = detail;
  const file = [detail.container, detail.codec === detail.container ? null : detail.codec]
    .filter((part) => part !== null)
    .join(' · ');
  const entries: [string, string][] = [];
  if (analysis) {
    entries.push(
      ['Model', analysis.model],
      ['Heard', `${formatMoment(analysis.analysedAt)} in ${(analysis.ms.total / 1000).toFixed(1)} s`],
      ['Windows', windowsWords(detail, analysis)],
      ['Decoder', analysis.decoder],
      ['Provider', analysis.provider],
    );
  }
  if (detail.content) entries.push(['Content', contentWords(detail.content)]);
  if (file) entries.push(['Format', file]);
  if (detail.durationSec !== null) entries.push(['Length', formatClock(detail.durationSec)]);
  entries.push(['File', detail.path]);
  return (
    <section aria-label="Where this comes from">
      <dl className={styles.list}>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {analysis && analysis.warnings.length > 0 && (
        <ul className={styles.warnings}>
          {analysis.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** "84 windows of 3.0 s", "12 windows of 3.0 s, quick; the full analysis is waiting". */
function windowsWords({ fullAnalysis }: TrackDetail, analysis: NonNullable<TrackDetail['analysis']>): string {
  const windows = `${formatPlural(analysis.windows, 'window')} of ${analysis.windowSec.toFixed(1)} s`;
  return fullAnalysis === null ? windows : strings.quickly.windows(windows, strings.quickly.full[fullAnalysis]);
}

/** "Music, 98% sure", "Speech, not sure". */
function contentWords({ top, confidence, abstained }: NonNullable<TrackDetail['content']>): string {
  return `${displayLabel(top)}, ${abstained ? strings.notSure : `${formatShare(confidence)} sure`}`;
}
