import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { nearestLabel } from '#shared/domain/analysis';
import { useConnection } from '../../api/connection-context';
import { Dot } from '../../ui/Dot';
import { briefWords } from '../review/abstain-words';
import styles from './MapPanel.module.css';

export interface TrackTipProps {
  readonly trackId: number | null;
  readonly x: number;
  readonly y: number;
  /** Of the map, past whose right edge the tip must not reach. */
  readonly width: number;
}

/** At most, in pixels. */
export const TIP_WIDTH = 240;

/** Names the track under the pointer. */
export function TrackTip({ trackId, x, y, width }: TrackTipProps) {
  const connection = useConnection();
  const [id] = useDebouncedValue(trackId, 40);
  const { data } = useQuery({
    queryKey: ['tracks', 'insight', 'tip', id],
    queryFn: () => connection.call('tracks.query', { ids: id === null ? [] : [id], limit: 1 }),
    enabled: id !== null,
  });
  const row = data?.rows[0];
  if (!row || row.id !== trackId) return null;
  return (
    <div className={styles.tip} style={{ left: Math.min(x + 12, width - TIP_WIDTH), top: y + 12, maxWidth: TIP_WIDTH }}>
      <strong>{row.title ?? row.fileName}</strong>
      {row.artist && <span>{row.artist}</span>}
      {row.genre && (
        <span>
          <Dot task="genre" label={nearestLabel(row.genre)} hollow={row.genre.abstained} />{' '}
          {briefWords(row.genre, row.content)}
        </span>
      )}
    </div>
  );
}
