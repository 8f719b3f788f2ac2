import { useState } from 'react';
import type { Mate } from '#shared/contract/review';

export interface Chosen {
  /** Ids, in the order of the tracks. */
  readonly chosen: readonly number[];
  /** Takes a track in or out. */
  readonly turn: (trackId: number) => void;
  /** Takes all in, or out where all are. */
  readonly turnAll: () => void;
}

/** Which tracks get a decision: what waits until it is left out; what was decided already is left alone until it is chosen. */
export function useChosen(mates: readonly Mate[]): Chosen {
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const chosen = mates.filter((mate) => waits(mate) !== turned.has(mate.row.id)).map(({ row }) => row.id);
  const turnEach = (ids: readonly number[]): void => {
    const next = new Set(turned);
    for (const id of ids) if (!next.delete(id)) next.add(id);
    setTurned(next);
  };
  return {
    chosen,
    turn: (trackId) => {
      turnEach([trackId]);
    },
    turnAll: () => {
      const all = chosen.length === mates.length;
      turnEach(mates.map(({ row }) => row.id).filter((id) => chosen.includes(id) === all));
    },
  };
}

const waits = ({ row }: Mate): boolean => row.state === 'analysed' || row.lookAgain;
