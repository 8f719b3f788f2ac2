import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Distribution, Distributions, WideDistribution } from '#shared/contract/insight';
import { displayLabel, foldLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import { genreInk, inkCss, inkOf, NEUTRAL_INK, type Task } from '../../ui/palette';
import type { Bars } from './bars-model';
import { BarTable } from './BarTable';
import styles from './HeardPanel.module.css';
import { useInsightStore } from './insight-store';
import { Panel, PanelWait } from './Panel';
import { cellKey, useDistributions, usePickCell, useWide } from './use-insight';

const say = strings.insight.heard;

/** What was heard in the library as a whole. */
export function HeardPanel() {
  const { data, error } = useDistributions();
  const wide = useWide();
  const pickedKey = useInsightStore((state) => state.picked?.key ?? null);
  const pickCell = usePickCell();
  const [byTrack, setByTrack] = useState(false);
  if (!data) return <PanelWait title={say.title} error={error} />;
  if (data.genre.heard + data.mood.heard === 0) return <Panel title={say.title} says={say.nothing} />;
  const hasGenres = data.genre.heard > 0;
  return (
    <Panel
      title={say.title}
      says={hasGenres ? say.says(data) : strings.noGenre.insight}
      note={byTrack ? say.byTrackNote : say.byShareNote}
      tools={
        <SegmentedControl
          aria-label={say.by}
          data={[
            { value: 'share', label: say.byShare },
            { value: 'track', label: say.byTrack },
          ]}
          value={byTrack ? 'track' : 'share'}
          onChange={(value) => {
            setByTrack(value === 'track');
          }}
        />
      }
    >
      <div className={styles.charts}>
        {hasGenres && (
          <BarTable
            chart={taskBars('genre', data.genre, byTrack)}
            pickedKey={pickedKey}
            onPick={(key, name) => void pickCell(parseCell(key), say.heardAs(name))}
          />
        )}
        <div className={styles.column}>
          {data.mood.heard > 0 && <BarTable chart={taskBars('mood', data.mood, byTrack)} />}
          {hasGenres && <BarTable chart={confidenceBars(data)} note={say.confidenceNote} />}
        </div>
        {wide.data && wide.data.heard > 0 && (
          <BarTable chart={wideBars(wide.data)} note={say.wideNote(formatCount(wide.data.heard))} />
        )}
      </div>
    </Panel>
  );
}

const cellOfGenre = (column: string): string => cellKey({ row: null, column });
function parseCell(key: string): { row: string | null; column: string | null } {
  const [row = null, column = null] = JSON.parse(key) as (string | null)[];
  return { row, column };
}

/** By share of what sounds, or by tracks with what they are called; then those that are called nothing come last. */
function taskBars(task: Task, { bars, heard, unsure }: Distribution, byTrack: boolean): Bars {
  const keyOf = (label: string): string => (task === 'genre' ? cellOfGenre(`genre:${foldLabel(label)}`) : label);
  const shown = bars.map(({ label, share, tracks }) => ({
    key: keyOf(label),
    name: displayLabel(label),
    share: byTrack ? tracks / heard : share,
    tracks,
    colour: inkCss(inkOf(task, label)),
  }));
  const nameless = {
    key: cellOfGenre('unsure'),
    name: say.unsure,
    share: unsure / heard,
    tracks: unsure,
    colour: inkCss(NEUTRAL_INK),
    unsure: true,
  };
  return {
    name: say[task],
    head: [say[task], say.share, say.tracks],
    bars: byTrack ? [...shown.sort((a, b) => b.tracks - a.tracks), nameless] : shown,
  };
}

function confidenceBars({ confidence, genre }: Distributions): Bars {
  return {
    name: say.confidence,
    head: [say.sure, say.share, say.tracks],
    bars: confidence.map(({ named, unsure }, i) => ({
      key: String(i),
      name: `${i * 10}–${(i + 1) * 10}%`,
      share: (named + unsure) / genre.heard,
      tracks: named + unsure,
      colour: 'var(--accent)',
      // All or most of the bin: whether a verdict names something goes by its confidence.
      unsure: unsure > named,
    })),
  };
}

function wideBars({ labels, heard }: WideDistribution): Bars {
  return {
    name: say.wide,
    head: [say.genre, say.share, say.tracks],
    bars: labels.map(({ label, tracks }) => ({
      key: label,
      name: displayLabel(label),
      share: tracks / heard,
      tracks,
      colour: inkCss(genreInk(label)),
    })),
  };
}
