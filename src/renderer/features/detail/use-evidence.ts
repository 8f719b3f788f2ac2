import { useMemo } from 'react';
import type { TrackDetail } from '#shared/contract/schemas';
import type { Task } from '../../ui/palette';
import { evidenceOf } from '../player/passages';
import { usePlayer } from '../player/player-context';
import { usePassageOf } from '../player/player-store';
import { heardTrack, type Playable } from '../player/use-hearing';
import { trackVerdicts } from './timeline';

/** What a histogram needs so that its bars can be heard: nothing where the windows are not known. */
export interface HeardBars {
  /** Plays the windows that voted for a label. */
  readonly onHear?: (label: string) => void;
  /** The label whose windows are heard now. */
  readonly heard?: string | null;
}

/** Makes the histograms of a track audible, each by its task. */
export function useEvidence(track: Playable, analysis: TrackDetail['analysis']): (task: Task) => HeardBars {
  const verdicts = useMemo(() => analysis && trackVerdicts(analysis), [analysis]);
  const player = usePlayer();
  const passage = usePassageOf(track.id);
  return (task) => {
    const windows = verdicts?.[task];
    if (!windows) return {};
    return {
      onHear: (label) => {
        const evidence = evidenceOf(task, label, windows);
        if (evidence) player.hear(heardTrack(track), evidence);
      },
      heard: passage?.task === task ? passage.label : null,
    };
  };
}
