import { Button } from '@mantine/core';
import { displayLabel } from '#shared/domain/vocabulary';
import { TELLING_STATISTICS } from '#shared/domain/statistic-names';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { Panel } from '../insight/Panel';
import { BoxPlots } from './BoxPlots';
import styles from './CalibrationPanel.module.css';
import type { ResultPanelProps } from './ConfusionPanel';
import { measuredOf, useSoundStore } from './sound-store';

const say = strings.evaluate.sound;

/** How the tracks of each label sound in numbers, which no model is asked for: labels that overlap here are hard to tell. */
export function SoundPanel({ evaluation, model, tracks }: ResultPanelProps) {
  const connection = useConnection();
  const sound = useSoundStore();
  const isOwn = sound.evaluation === evaluation.id;
  const labelled = model.labels.map((label) => ({ label, own: tracks.filter((track) => track.label === label) }));
  const groups = (column: number) =>
    labelled.map(({ label, own }) => ({
      label: displayLabel(label),
      values: own.flatMap(({ id }) => sound.values.get(id)?.[column] ?? []),
    }));
  const measure = (
    <Button
      variant="default"
      disabled={tracks.length === 0}
      onClick={() => void sound.measure(connection, evaluation.id, tracks)}
    >
      {isOwn ? say.again : say.start(measuredOf(tracks.length))}
    </Button>
  );
  return (
    <div className={styles.pair}>
      <div className={styles.wide}>
        <Panel
          title={say.title}
          says={isOwn ? say.says(sound.done, sound.total, sound.failed) : say.intro}
          tools={
            isOwn && sound.running ? (
              <Button variant="default" onClick={sound.stop}>
                {say.stop}
              </Button>
            ) : (
              measure
            )
          }
        />
      </div>
      {isOwn &&
        sound.values.size > 0 &&
        TELLING_STATISTICS.map((column, i) => <BoxPlots key={column} column={column} groups={groups(i)} />)}
    </div>
  );
}
