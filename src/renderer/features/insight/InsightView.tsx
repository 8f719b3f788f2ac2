import { useRef } from 'react';
import { strings } from '../../strings';
import { useReview } from '../review/use-review';
import { useShortcuts } from '../shortcuts/use-shortcuts';
import { ChangesPanel } from './ChangesPanel';
import { HeardPanel } from './HeardPanel';
import styles from './InsightView.module.css';
import { TABS, useInsightStore } from './insight-store';
import { MapPanel } from './MapPanel';
import { OwnPanel } from './OwnPanel';
import { PickedPane } from './PickedPane';
import { ReliabilityPanel } from './ReliabilityPanel';
import { Tabs } from './Tabs';
import { useFreshInsight } from './use-insight';

const PANELS = {
  own: OwnPanel,
  heard: HeardPanel,
  reliability: ReliabilityPanel,
  changes: ChangesPanel,
  map: MapPanel,
} as const;

/** The library as a whole: a chart at a time, and beside it the tracks of what was picked there. */
export function InsightView() {
  useFreshInsight();
  const { tab, picked, setTab, pick } = useInsightStore();
  const review = useReview();
  const main = useRef<HTMLElement>(null);
  useShortcuts({
    undo: () => void review.undoLast(),
    unselect: () => {
      if (!picked) return;
      pick(null);
      main.current?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus();
    },
  });
  const Panel = PANELS[tab];
  return (
    <div className={styles.view} data-picked={picked !== null || undefined}>
      <main className={styles.main} ref={main}>
        <Tabs
          label={strings.insight.parts}
          tabs={TABS.map((value) => ({ value, label: strings.insight.tabs[value] }))}
          value={tab}
          onChange={setTab}
        />
        <Panel />
      </main>
      {picked && <PickedPane key={picked.key} picked={picked} />}
    </div>
  );
}
