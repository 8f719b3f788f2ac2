import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { Search, X } from 'lucide-react';
import { strings } from '../../strings';
import { PLAN_KINDS } from './plan-filter';
import { useWriteStore } from './write-store';
import styles from './WriteView.module.css';

/** Which files of the plan are shown, and thereby can be written. */
export function PlanFilterLine() {
  const { filter, setFilter } = useWriteStore();
  return (
    <div className={styles.controls}>
      <TextInput
        className={styles.filter}
        size="xs"
        type="search"
        aria-label={strings.write.filter}
        placeholder={strings.write.filterHelp}
        leftSection={<Search size={13} aria-hidden="true" />}
        value={filter.text}
        onChange={(event) => {
          setFilter({ text: event.currentTarget.value });
        }}
      />
      <SegmentedControl
        size="xs"
        aria-label={strings.write.filter}
        value={filter.kind}
        onChange={(kind) => {
          setFilter({ kind });
        }}
        data={PLAN_KINDS.map((value) => ({ value, label: strings.write.kinds[value] }))}
      />
      {filter.only !== null && (
        <>
          <span>{strings.write.only(filter.only.size)}</span>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<X size={12} aria-hidden="true" />}
            onClick={() => {
              setFilter({ only: null });
            }}
          >
            {strings.write.showAll}
          </Button>
        </>
      )}
    </div>
  );
}
