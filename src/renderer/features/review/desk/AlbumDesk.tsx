import { Checkbox } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Mate } from '#shared/contract/review';
import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { foldLabel } from '#shared/domain/vocabulary';
import { useConnection } from '../../../api/connection-context';
import { strings } from '../../../strings';
import { formatClock } from '../../../ui/format';
import { useHearingAtHand, useHearings } from '../../player/use-hearing';
import { useShortcuts } from '../../shortcuts/use-shortcuts';
import { isWithoutGenre } from '../decision-rules';
import { MateList } from '../share/MateList';
import { matesOptions } from '../share/share-queries';
import { useChosen } from '../share/use-chosen';
import { albumSound, ownGenresOf, type Agreed } from './album';
import { Announcer } from './Announcer';
import { CARD_TITLE_ID, CardHead } from './CardHead';
import { DeskActions } from './DeskActions';
import { Fact, FactList } from './Facts';
import { deskKeys } from './desk-keys';
import { useDeskStore } from './desk-store';
import { LabelList } from './LabelList';
import styles from './AlbumDesk.module.css';
import { TypeGenre } from './TypeGenre';
import { useAlbumActions } from './use-album-actions';
import { fetchAhead } from './use-desk';
import { useSilenceAfter } from './use-silence-after';
import { Waiting } from './Waiting';
import { upcoming } from './walk';

/** As many as the backend gives: an album of more is decided in parts. */
const MOST_TRACKS = 1000;

/** The album of the track at hand; nothing can be done before all of it is there. */
export function AlbumDesk({ row }: { row: TrackDetail }) {
  const connection = useConnection();
  const { data, error } = useQuery(matesOptions(connection, row.id, 'album', MOST_TRACKS));
  const mates = useMemo(() => data && albumOf(row, data.mates), [row, data]);
  if (mates) return <Album row={row} mates={mates} />;
  return <Waiting error={error} />;
}

/** One album, decided as one: what its tracks sound like together, and each of them in a list to be left out of it. */
function Album({ row, mates }: { row: TrackDetail; mates: readonly Mate[] }) {
  const rows = useMemo(() => mates.map((mate) => mate.row), [mates]);
  const sound = useMemo(() => albumSound(rows), [rows]);
  const { choices, agreed, two } = sound;
  const { chosen, turn, turnAll } = useChosen(mates);
  const actions = useAlbumActions(row, rows, sound, chosen);
  const hearing = useHearingAtHand(row.id);
  const hearings = useHearings();

  useSilenceAfter(rows.map(({ id }) => id));
  useNextAlbumAhead(rows);
  useShortcuts({ ...deskKeys(actions, hearing), acceptEach: actions.acceptEach });

  const heardWords = wordsOf(agreed, rows, choices[0]?.share != null);
  return (
    <>
      <div className={styles.middle}>
        <article className={styles.card} aria-labelledby={CARD_TITLE_ID}>
          <CardHead title={row.album ?? ''} byline={byline(row, rows)} />
          <FactList>
            <Fact name={strings.desk.facts.heard} strong={agreed !== null}>
              {heardWords}
            </Fact>
            <Fact name={strings.album.own} strong={false}>
              {ownGenresOf(rows).join(', ') || strings.desk.ownNone}
            </Fact>
          </FactList>
          <LabelList
            choices={choices}
            chosen={new Set(decidedByAll(rows).map(foldLabel))}
            counted="track"
            onPick={(label) => {
              actions.pick([label]);
            }}
          />
          <TypeGenre key={row.id} row={row} onPick={actions.pick} />
        </article>
        <aside className={styles.tracks} aria-label={strings.album.tracks}>
          <Checkbox
            label={strings.share.chosen(chosen.length, mates.length)}
            checked={chosen.length === mates.length}
            indeterminate={chosen.length > 0 && chosen.length < mates.length}
            onChange={turnAll}
          />
          <MateList
            mates={mates}
            chosen={new Set(chosen)}
            onTurn={turn}
            onHear={(id) => {
              hearings(id).evidence();
            }}
            tall
            // An album of one artist has said whose it is.
            about={({ artist }) => (artistsOf(rows).size > 1 ? (artist ?? '') : '')}
          />
        </aside>
      </div>
      <DeskActions
        accept={agreed && chosen.length > 0 ? strings.album.accept(agreed.genres.join(', '), chosen.length) : null}
        nothing={strings.album.noAnswer}
        two={two}
        actions={actions}
        onEach={actions.acceptEach}
        onHear={hearing.evidence}
        canHear={row.analysis !== null}
        steps={strings.album}
      />
      <Announcer>{`${row.album}, ${byline(row, rows)}. ${heardWords}.`}</Announcer>
    </>
  );
}

/** The one at hand with its mates, in path order as an album lies. */
function albumOf(row: TrackDetail, mates: readonly Mate[]): Mate[] {
  return [{ row, similarity: null }, ...mates].sort((a, b) => (a.row.path < b.row.path ? -1 : 1));
}

const artistsOf = (rows: readonly TrackRow[]): ReadonlySet<string | null> => new Set(rows.map(({ artist }) => artist));

function byline(row: TrackDetail, rows: readonly TrackRow[]): string {
  const artist = row.albumArtist ?? (artistsOf(rows).size === 1 ? row.artist : null);
  const seconds = rows.reduce((sum, { durationSec }) => sum + (durationSec ?? 0), 0);
  return strings.album.byline(artist, row.year, rows.length, formatClock(seconds));
}

function wordsOf(agreed: Agreed | null, rows: readonly TrackRow[], heard: boolean): string {
  if (agreed) return strings.album.agreed(agreed.genres.join(', '), agreed.tracks, agreed.of);
  if (!heard) return rows.some(isWithoutGenre) ? strings.noGenre.album : strings.album.unheard;
  return rows.some(({ accepts }) => accepts.genres.length > 0) ? strings.album.split : strings.album.unsure;
}

/** The genres decided of every track alike. */
function decidedByAll(rows: readonly TrackRow[]): readonly string[] {
  const [first, ...rest] = rows.map(({ decision }) => decision?.genres ?? []);
  return first && rest.every((genres) => genres.join('|') === first.join('|')) ? first : [];
}

/** The desk fetches the next tracks ahead; what comes after this album is another one's. */
function useNextAlbumAhead(rows: readonly TrackRow[]): void {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const walk = useDeskStore((state) => state.walk);
  useEffect(() => {
    for (const id of upcoming(walk, 1, new Set(rows.map((row) => row.id)))) {
      fetchAhead(connection, queryClient, id);
      void queryClient.prefetchQuery(matesOptions(connection, id, 'album', MOST_TRACKS));
    }
  }, [connection, queryClient, walk, rows]);
}
