import { Button, SegmentedControl } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { QUEUE_ORDERS } from '#shared/contract/review';
import { strings } from '../../../strings';
import { formatCount } from '../../../ui/format';
import { KeyTip } from '../../../ui/KeyTip';
import { shownKey } from '../../shortcuts/key-store';
import { UNITS, useDeskStore } from './desk-store';
import { tracksPerMinute } from './pace';
import styles from './ProgressLine.module.css';
import { focusDesk } from './use-desk';

/** How far one has come and how fast, what was decided last, and what comes first. */
export function ProgressLine({ undo }: { undo: () => void }) {
  const { unit, setUnit, order, setOrder, walk, log, startedAt } = useDeskStore();
  const done = log.reduce((sum, { trackIds }) => sum + trackIds.length, 0);
  const left = walk.waiting.size;
  const pace = tracksPerMinute(startedAt, log);
  const last = log.at(-1);
  return (
    <header className={styles.line}>
      <div className={styles.numbers} role="group" aria-label={strings.desk.progress}>
        <span>
          <b>{formatCount(done)}</b> {strings.desk.done}
        </span>
        <span>
          <b>{formatCount(left)}</b> {strings.desk.left}
        </span>
        {pace !== null && <span>{strings.desk.pace(pace)}</span>}
      </div>
      <div className={styles.last}>
        {last && (
          <>
            <span className={styles.words} title={last.words}>
              {last.words}
            </span>
            <KeyTip label={strings.desk.undoHelp} keys={shownKey('undo')}>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                leftSection={<Undo2 size={12} aria-hidden="true" />}
                onClick={undo}
              >
                {strings.desk.undo}
              </Button>
            </KeyTip>
          </>
        )}
      </div>
      <SegmentedControl
        aria-label={strings.album.unit}
        value={unit}
        data={UNITS.map((value) => ({ value, label: strings.album.units[value] }))}
        onChange={(value) => {
          setUnit(value);
          focusDesk();
        }}
      />
      <SegmentedControl
        aria-label={strings.desk.order}
        value={order}
        data={QUEUE_ORDERS.map((value) => ({ value, label: strings.desk.orders[value] }))}
        onChange={(value) => {
          setOrder(value);
          focusDesk();
        }}
      />
      <div className={styles.bar} aria-hidden="true">
        <div style={{ width: `${done + left > 0 ? (100 * done) / (done + left) : 0}%` }} />
      </div>
    </header>
  );
}
