import { useMemo } from 'react';
import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { strings } from '../../../strings';
import { useToasts } from '../../../ui/use-toasts';
import { isAcceptable } from '../decision-rules';
import { useShareStore } from '../share/share-store';
import type { AlbumSound } from './album';
import { useDesk } from './use-desk';
import type { DeskActions } from './use-desk-actions';

export interface AlbumActions extends DeskActions {
  /** Accepts each track as it was heard. */
  readonly acceptEach: () => void;
}

/**
 * As `useDeskActions` for an album: what is decided holds for the tracks chosen.
 *
 * @param row the track at hand, one of the album
 * @param rows all of the album, and what they sound like
 */
export function useAlbumActions(
  row: TrackDetail,
  rows: readonly TrackRow[],
  sound: AlbumSound,
  chosen: readonly number[],
): AlbumActions {
  const desk = useDesk();
  return useMemo(() => {
    const album = new Set(rows.map(({ id }) => id));
    const tell = (message: string): void => {
      useToasts.getState().show({ level: 'info', message });
    };
    /** Decides about tracks, the chosen ones if not others, if there are any. */
    const decide = (
      call: Omit<Parameters<typeof desk.decide>[0], 'trackIds'>,
      words: string,
      trackIds = chosen,
      none: string = strings.album.noneChosen,
    ): void => {
      if (trackIds.length === 0) tell(none);
      else desk.decide({ ...call, trackIds }, strings.album.about(words, row.album ?? '', trackIds.length));
    };
    const pick = (genres: readonly string[]): void => {
      if (genres.length > 0) decide({ action: 'change', genres: [...genres], heardMoods: true }, genres.join(', '));
    };
    const { choices, agreed, two } = sound;
    return {
      accept: () => {
        if (agreed) pick(agreed.genres);
        else tell(strings.album.noAgreement);
      },
      acceptEach: () => {
        // The others wait on: nothing was heard in them for sure.
        const sure = rows.filter((each) => chosen.includes(each.id) && isAcceptable(each)).map(({ id }) => id);
        decide({ action: 'accept' }, strings.album.asHeard, sure, strings.desk.nothingToAccept);
      },
      acceptTwo: () => {
        if (two) pick(two);
        else tell(strings.desk.noTwo);
      },
      pick,
      pickNumber: (number) => {
        const choice = choices[number - 1];
        if (choice) pick([choice.label]);
      },
      skip: () => {
        decide({ action: 'skip' }, strings.states.skipped);
      },
      notMusic: () => {
        decide({ action: 'not-music' }, strings.desk.notMusic);
      },
      clear: () => {
        const decided = rows.filter(({ decision }) => decision !== null).map(({ id }) => id);
        if (decided.length > 0) desk.clear(decided);
      },
      undo: () => void desk.undo(),
      next: () => {
        desk.step(1, album);
      },
      previous: () => {
        desk.step(-1, album);
      },
      share: (of, genre) => {
        useShareStore.getState().open({ row, of, ...(genre !== undefined && { genre }) });
      },
    };
  }, [desk, row, rows, sound, chosen]);
}
