import type { TrackDetail } from '#shared/contract/schemas';
import { foldLabel } from '#shared/domain/vocabulary';
import { strings } from '../../../strings';
import { formatClock } from '../../../ui/format';
import { TrackTimeline } from '../../detail/TrackTimeline';
import { LookAgain } from '../LookAgain';
import { CARD_TITLE_ID, CardHead } from './CardHead';
import { choicesOf } from './choices';
import { Facts } from './Facts';
import { LabelList } from './LabelList';
import styles from './TrackCard.module.css';
import { TypeGenre } from './TypeGenre';
import type { DeskActions } from './use-desk-actions';

/** The track at hand: what it is, what was heard, and the genres to choose from. */
export function TrackCard({ row, actions }: { row: TrackDetail; actions: DeskActions }) {
  const chosen = new Set((row.decision?.genres ?? []).map(foldLabel));
  return (
    <article className={styles.card} aria-labelledby={CARD_TITLE_ID}>
      <CardHead title={row.title ?? row.fileName} byline={byline(row)} />
      <Facts row={row} />
      {row.stale && row.analysis && <p className={styles.note}>{strings.stale(row.analysis.model)}</p>}
      <LookAgain
        row={row}
        onKeep={(genres) => {
          actions.pick(genres);
        }}
      />
      <LabelList
        choices={choicesOf(row, row.wide)}
        chosen={chosen}
        onPick={(label) => {
          actions.pick([label]);
        }}
      />
      <TypeGenre key={row.id} row={row} onPick={actions.pick} />
      {row.analysis && <TrackTimeline key={`line-${row.id}`} track={row} analysis={row.analysis} />}
    </article>
  );
}

function byline(row: TrackDetail): string {
  const album = row.album && row.year ? `${row.album} (${row.year})` : row.album;
  const parts = [row.artist, album, row.durationSec === null ? null : formatClock(row.durationSec)];
  return parts.filter((part) => part !== null).join(' · ') || strings.desk.noByline;
}
