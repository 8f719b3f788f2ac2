import { useMemo, useState } from 'react';
import type { ComparedColumn } from '#shared/contract/model-comparison';
import type { Task } from '../../ui/palette';
import { trackVerdicts } from '../detail/timeline';
import { evidenceOf } from '../player/passages';
import { usePlayer } from '../player/player-context';
import { usePassageOf } from '../player/player-store';
import { heardTrack, type Playable } from '../player/use-hearing';

export interface ColumnEvidence {
  /** Plays the windows of a column that voted for one of its labels; pauses and goes on where they are what is heard. */
  readonly onHear: (model: string, task: Task, label: string) => void;
  readonly isHeard: (model: string, task: Task, label: string) => boolean;
}

/** Makes the bars of all columns audible, each by its own model's windows. */
export function useColumnEvidence(track: Playable, columns: readonly ComparedColumn[]): ColumnEvidence {
  const verdicts = useMemo(
    () => new Map(columns.flatMap(({ model, heard }) => (heard ? [[model, trackVerdicts(heard)] as const] : []))),
    [columns],
  );
  const player = usePlayer();
  const passage = usePassageOf(track.id);
  /** What is heard may be another model's windows of the same label. */
  const [by, setBy] = useState<string | null>(null);
  const isHeard: ColumnEvidence['isHeard'] = (model, task, label) =>
    by === model && passage?.task === task && passage.label === label;
  return {
    isHeard,
    onHear: (model, task, label) => {
      if (isHeard(model, task, label)) {
        player.toggle();
        return;
      }
      const evidence = evidenceOf(task, label, verdicts.get(model)?.[task] ?? []);
      if (!evidence) return;
      setBy(model);
      player.hear(heardTrack(track), evidence);
    },
  };
}
