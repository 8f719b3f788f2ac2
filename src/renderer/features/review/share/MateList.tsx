import { ActionIcon, Checkbox } from '@mantine/core';
import { Volume2 } from 'lucide-react';
import type { Mate } from '#shared/contract/review';
import type { TrackRow } from '#shared/contract/schemas';
import { nearestLabel } from '#shared/domain/analysis';
import { strings } from '../../../strings';
import { Dot } from '../../../ui/Dot';
import { formatShare } from '../../../ui/format';
import { StateMark } from '../../../ui/StateMark';
import { abstainWords, briefWords } from '../abstain-words';
import { isHeard } from '../decision-rules';
import styles from './MateList.module.css';

interface MateListProps {
  readonly mates: readonly Mate[];
  readonly chosen: ReadonlySet<number>;
  readonly onTurn: (trackId: number) => void;
  /** Plays what speaks for a track's verdict. */
  readonly onHear?: (trackId: number) => void;
  /** As high as its place, rather than as a dialog has room. */
  readonly tall?: boolean;
  /** What stands under a title; by default artist and album. */
  readonly about?: (row: TrackRow) => string;
}

const artistAndAlbum = ({ artist, album }: TrackRow): string => [artist, album].filter(Boolean).join(' · ');

/** The tracks that would get the decision: what each is, what its file says, what was heard, how near it is. */
export function MateList({ mates, chosen, onTurn, onHear, tall, about = artistAndAlbum }: MateListProps) {
  const scored = mates.some(({ similarity }) => similarity !== null);
  return (
    <div className={styles.scroller} data-tall={tall} role="region" aria-label={strings.share.list} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{strings.columns.title}</th>
            <th scope="col">{strings.columns.ownGenre}</th>
            <th scope="col">{strings.columns.genre}</th>
            {scored && <th scope="col">{strings.share.similarity}</th>}
            {onHear && <th scope="col">{strings.desk.hear}</th>}
            <th scope="col">{strings.columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {mates.map(({ row, similarity }) => (
            <tr key={row.id}>
              <th scope="row">
                <Checkbox
                  checked={chosen.has(row.id)}
                  label={
                    <>
                      {row.title ?? row.fileName}
                      <span className={styles.byline}>{about(row)}</span>
                    </>
                  }
                  onChange={() => {
                    onTurn(row.id);
                  }}
                />
              </th>
              <td>{row.ownGenres.join(', ') || strings.none}</td>
              <td>{heard(row)}</td>
              {scored && (
                <td className={styles.number}>
                  {similarity === null ? strings.share.itself : formatShare(similarity)}
                </td>
              )}
              {onHear && (
                <td>
                  <ActionIcon
                    size="sm"
                    aria-label={strings.album.hear(row.title ?? row.fileName)}
                    disabled={!isHeard(row)}
                    onClick={() => {
                      onHear(row.id);
                    }}
                  >
                    <Volume2 size={14} aria-hidden="true" />
                  </ActionIcon>
                </td>
              )}
              <td>
                <StateMark state={row.lookAgain ? 'look-again' : row.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function heard({ genre, content }: TrackRow) {
  if (!genre) return strings.none;
  if (genre.abstainReason === 'not-music') return abstainWords(genre, content);
  return (
    <span className={styles.heard}>
      <Dot task="genre" label={nearestLabel(genre)} hollow={genre.abstained} />
      {briefWords(genre, content)}
    </span>
  );
}
