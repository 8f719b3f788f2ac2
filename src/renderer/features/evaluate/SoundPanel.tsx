import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { displayLabel } from '#shared/domain/vocabulary';
import { statisticName } from '#shared/domain/statistic-names';
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
  const groups = (column: string) =>
    labelled.map(({ label, own }) => ({
      label: displayLabel(label),
      values: own.flatMap(({ id }) => sound.values.get(id)?.[column] ?? []),
    }));
  const measure = (further?: string): void => void sound.measure(connection, evaluation.id, tracks, further);
  const start = (
    <Button variant="default" disabled={tracks.length === 0} onClick={() => measure()}>
      {isOwn ? say.again : say.start(measuredOf(tracks.length))}
    </Button>
  );
  const stop = (
    <Button variant="default" onClick={() => sound.stop(connection)}>
      {say.stop}
    </Button>
  );
  const isRunning = isOwn && sound.running;
  return (
    <div className={styles.pair}>
      <div className={styles.wide}>
        <Panel
          title={say.title}
          says={isOwn ? say.says(sound.done, sound.total, sound.failed) : say.intro}
          {...(isOwn && { note: strings.boxes.note })}
          tools={
            <>
              {isOwn && <Further shown={sound.columns} disabled={isRunning} onChoose={measure} />}
              {isRunning ? stop : start}
            </>
          }
        />
      </div>
      {isOwn &&
        sound.values.size > 0 &&
        sound.columns.map((column) => <BoxPlots key={column} column={column} groups={groups(column)} />)}
    </div>
  );
}

interface FurtherProps {
  readonly shown: readonly string[];
  readonly disabled: boolean;
  readonly onChoose: (column: string) => void;
}

/** All other statistics that there are: one that is chosen is measured too. */
function Further({ shown, disabled, onChoose }: FurtherProps) {
  const connection = useConnection();
  const all = useQuery({
    queryKey: ['describe', 'columns'],
    queryFn: () => connection.call('describe.columns', {}),
    staleTime: Infinity,
  });
  const others = (all.data?.columns ?? []).filter((column) => !shown.includes(column));
  return (
    <NativeSelect
      aria-label={say.further}
      disabled={disabled || others.length === 0}
      data={[
        { value: '', label: say.further },
        ...others.map((column) => ({ value: column, label: statisticName(column).name })),
      ]}
      value=""
      onChange={({ currentTarget: { value } }) => {
        if (value !== '') onChoose(value);
      }}
    />
  );
}
