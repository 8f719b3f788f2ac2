import { ActionIcon, Tooltip } from '@mantine/core';
import { AudioLines, Pause, Play, X } from 'lucide-react';
import { useMemo } from 'react';
import type { EvaluatedTrack, Evaluation } from '#shared/contract/evaluation';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import { FileList } from '../../ui/FileList';
import { baseName, folderOf, formatShare } from '../../ui/format';
import pane from '../insight/PickedPane.module.css';
import { usePlayerStore } from '../player/player-store';
import { surestFirst, taskOf } from './evaluate-model';
import { useEvaluateStore, type PickedTracks } from './evaluate-store';
import styles from './TrackPane.module.css';
import { titleOf, useHearTrack } from './use-hear-track';

const say = strings.evaluate.pane;

interface TrackPaneProps {
  readonly picked: PickedTracks;
  readonly evaluation: Evaluation;
  readonly tracks: readonly EvaluatedTrack[];
}

/** The tracks of what was picked in a chart, to be listened to. */
export function TrackPane({ picked, evaluation, tracks }: TrackPaneProps) {
  const { pick, model } = useEvaluateStore();
  const byId = useMemo(() => new Map(tracks.map((track) => [track.id, track])), [tracks]);
  const shown = surestFirst(
    picked.ids.flatMap((id) => byId.get(id) ?? []),
    model,
  );
  return (
    <aside className={pane.pane} aria-label={say.name}>
      <header className={pane.head}>
        <div>
          <h2 className={pane.title}>{picked.label}</h2>
          <p className={pane.count}>{say.count(shown.length)}</p>
        </div>
        <ActionIcon aria-label={say.close} onClick={() => pick(null)}>
          <X size={16} aria-hidden="true" />
        </ActionIcon>
      </header>
      <div className={pane.list}>
        <FileList
          label={picked.label}
          items={shown}
          keyOf={({ id }) => String(id)}
          estimate={56}
          render={(track) => <Line track={track} evaluation={evaluation} />}
        />
      </div>
    </aside>
  );
}

function Line({ track, evaluation }: { track: EvaluatedTrack; evaluation: Evaluation }) {
  const hear = useHearTrack(evaluation);
  const isPlaying = usePlayerStore(
    ({ track: present, phase }) => present?.id === track.id && (phase === 'playing' || phase === 'loading'),
  );
  const task = taskOf(evaluation);
  const title = titleOf(track);
  const Icon = isPlaying ? Pause : Play;
  const folder = baseName(folderOf(track.path));
  return (
    <div className={styles.line} data-playing={isPlaying || undefined}>
      <ActionIcon aria-label={isPlaying ? say.pause(title) : say.play(title)} onClick={() => hear.toggle(track)}>
        <Icon size={14} fill="currentColor" aria-hidden="true" />
      </ActionIcon>
      <div className={styles.words} title={track.path}>
        <span className={styles.name}>{title}</span>
        <span className={styles.by}>
          {[track.artist ?? folder, say.is(displayLabel(track.label))].filter(Boolean).join(' · ')}
        </span>
      </div>
      <ul className={styles.verdicts}>
        {track.verdicts.map((verdict, model) => (
          <li key={model} title={evaluation.models.length > 1 ? evaluation.models[model]?.name : undefined}>
            {verdict === null ? (
              <span className={styles.by}>{say.unheard}</span>
            ) : (
              <>
                <span className={styles.heard} data-wrong={!verdict.isRight || undefined}>
                  {task && <Dot task={task} label={verdict.heard} hollow={verdict.abstained} />}{' '}
                  {displayLabel(verdict.heard)}
                </span>
                <span className={styles.sure} title={verdict.abstained ? say.abstained : undefined}>
                  {formatShare(verdict.confidence)}
                </span>
                {task && (
                  <Tooltip label={say.loudestTip(displayLabel(verdict.heard))}>
                    <ActionIcon
                      size={24}
                      aria-label={say.loudest(title, displayLabel(verdict.heard))}
                      onClick={() => void hear.loudest(track, model, verdict.heard)}
                    >
                      <AudioLines size={14} aria-hidden="true" />
                    </ActionIcon>
                  </Tooltip>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
