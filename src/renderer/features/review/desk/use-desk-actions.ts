import { useMemo } from 'react';
import type { MatesOf } from '#shared/contract/review';
import type { TrackDetail } from '#shared/contract/schemas';
import { strings } from '../../../strings';
import { useToasts } from '../../../ui/use-toasts';
import { acceptedValues, isAcceptable } from '../decision-rules';
import { useShareStore } from '../share/share-store';
import { choicesOf, moodsWith, topTwo } from './choices';
import { useDesk } from './use-desk';

/** All that can be done with the track at hand. Nothing happens while it is on its way. */
export interface DeskActions {
  readonly accept: () => void;
  readonly acceptTwo: () => void;
  readonly pick: (genres: readonly string[]) => void;
  /** 1 to 9. */
  readonly pickNumber: (number: number) => void;
  readonly skip: () => void;
  readonly notMusic: () => void;
  readonly clear: () => void;
  readonly undo: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly share: (of: MatesOf, genre?: string) => void;
}

export function useDeskActions(row: TrackDetail | null): DeskActions {
  const desk = useDesk();
  return useMemo(() => {
    const tell = (message: string): void => {
      useToasts.getState().show({ level: 'info', message });
    };
    const about = (what: string): string => strings.desk.about(what, row?.title ?? row?.fileName ?? '');
    const pick = (genres: readonly string[]): void => {
      if (!row || genres.length === 0) return;
      desk.decide(
        { trackIds: [row.id], action: 'change', genres: [...genres], moods: moodsWith(row) },
        about(genres.join(', ')),
      );
    };
    const plain = (action: 'skip' | 'not-music', words: string) => () => {
      if (row) desk.decide({ trackIds: [row.id], action }, about(words));
    };
    return {
      accept: () => {
        if (!row) return;
        if (!isAcceptable(row)) {
          tell(strings.desk.nothingToAccept);
          return;
        }
        const { genres, moods } = acceptedValues(row);
        desk.decide({ trackIds: [row.id], action: 'accept' }, about([...genres, ...moods].join(' · ')));
      },
      acceptTwo: () => {
        const two = row && topTwo(row);
        if (two) pick(two);
        else tell(strings.desk.noTwo);
      },
      pick,
      pickNumber: (number) => {
        const chosen = row && choicesOf(row, row.wide)[number - 1];
        if (chosen) pick([chosen.label]);
      },
      skip: plain('skip', strings.states.skipped),
      notMusic: plain('not-music', strings.desk.notMusic),
      clear: () => {
        if (row?.decision) desk.clear([row.id]);
      },
      undo: () => void desk.undo(),
      next: () => {
        desk.step(1);
      },
      previous: () => {
        desk.step(-1);
      },
      share: (of, genre) => {
        if (row) useShareStore.getState().open({ row, of, ...(genre !== undefined && { genre }) });
      },
    };
  }, [desk, row]);
}
