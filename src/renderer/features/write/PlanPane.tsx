import { ActionIcon, Button, Checkbox, SegmentedControl, Tooltip } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { PenLine, RefreshCw, Settings2 } from 'lucide-react';
import { useMemo } from 'react';
import type { MethodOutput } from '#shared/contract/methods';
import { useSummary } from '../../api/queries';
import { strings } from '../../strings';
import { FileList } from '../../ui/FileList';
import { EmptyState } from '../../ui/EmptyState';
import { formatCount, formatPlural } from '../../ui/format';
import { useLibraryStore } from '../library/library-store';
import { useWritingStore } from '../settings/writing-store';
import { filterPlan, isFiltered } from './plan-filter';
import { inListOrder, partsOf, type PlannedFile, type PlanParts } from './plan-model';
import { PlanFile } from './PlanFile';
import { PlanFilterLine } from './PlanFilterLine';
import { useWrite } from './use-write';
import { useWriteStore } from './write-store';
import styles from './WriteView.module.css';

interface PlanPaneProps {
  readonly plan: UseQueryResult<MethodOutput<'write.plan'>>;
  /** Tracks decided and not written; null while unknown. */
  readonly decided: number | null;
  readonly writing: boolean;
}

/** What is decided and not written yet, as a list of changes to look through before anything is touched. */
export function PlanPane({ plan, decided, writing }: PlanPaneProps) {
  const setQuick = useLibraryStore((state) => state.setQuick);
  if (decided === 0 && (plan.data?.files.length ?? 0) === 0)
    return (
      <EmptyState icon={PenLine} {...strings.empty.write}>
        <Button
          onClick={() => {
            setQuick('unreviewed');
          }}
        >
          Review tracks
        </Button>
      </EmptyState>
    );
  if (plan.error) return <p className={styles.error}>{plan.error.message}</p>;
  if (!plan.data)
    return (
      <p className={styles.waiting} role="status">
        Reading the tags of {decided === null ? 'the files' : formatPlural(decided, 'file')}…
      </p>
    );
  return (
    <Plan
      planId={plan.data.planId}
      files={plan.data.files}
      quick={new Set(plan.data.quick)}
      busy={plan.isFetching || writing}
      onAgain={() => void plan.refetch()}
    />
  );
}

interface PlanProps {
  readonly planId: string;
  readonly files: readonly PlannedFile[];
  /** Paths of files whose decision rests on a quick result. */
  readonly quick: ReadonlySet<string>;
  readonly busy: boolean;
  readonly onAgain: () => void;
}

function Plan({ planId, files, quick, busy, onAgain }: PlanProps) {
  const { mode, setMode, unchecked, setUnchecked, filter } = useWriteStore();
  const write = useWrite();
  const parts = useMemo(() => partsOf(files), [files]);
  const shown = useMemo(() => filterPlan(parts, filter), [parts, filter]);
  // What is not shown is not written.
  const checked = shown.ready.filter((file) => !unchecked.has(file.path));
  const some = checked.length > 0 && checked.length < shown.ready.length;
  const toggleShown = (): void => {
    const paths = shown.ready.map((file) => file.path);
    const rest = [...unchecked].filter((path) => !paths.includes(path));
    setUnchecked(checked.length === shown.ready.length ? [...rest, ...paths] : rest);
  };
  return (
    <>
      <header className={styles.header}>
        <div>
          <h2>Write</h2>
          <p>{summaryOf(parts)}</p>
          <LookAgainLine />
        </div>
        <div className={styles.controls}>
          <Checkbox
            label={`${formatCount(checked.length)} of ${formatPlural(shown.ready.length, 'file')} chosen`}
            checked={checked.length > 0 && !some}
            indeterminate={some}
            disabled={shown.ready.length === 0}
            onChange={toggleShown}
          />
          <SegmentedControl
            aria-label="How new values meet the old ones"
            value={mode}
            onChange={(value) => {
              setMode(value);
            }}
            data={(['replace', 'add', 'fill'] as const).map((value) => ({ value, label: strings.mode[value].label }))}
          />
          <p>{strings.mode[mode].help}</p>
          <Tooltip label={strings.writing.title}>
            <ActionIcon
              className={styles.push}
              variant="default"
              size={30}
              aria-label={strings.writing.menu}
              onClick={() => {
                useWritingStore.getState().open();
              }}
            >
              <Settings2 size={14} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Read the files again and plan anew">
            <ActionIcon
              variant="default"
              size={30}
              aria-label="Plan again"
              disabled={busy}
              onClick={() => {
                onAgain();
              }}
            >
              <RefreshCw size={14} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
          <Button
            leftSection={<PenLine size={14} aria-hidden="true" />}
            disabled={checked.length === 0 || busy}
            onClick={() =>
              void write.apply(
                planId,
                checked.map((file) => file.path),
              )
            }
          >
            {checked.length === 0 ? 'Write' : `Write ${formatPlural(checked.length, 'file')}`}
          </Button>
        </div>
        <PlanFilterLine />
      </header>
      {isFiltered(filter) && inListOrder(shown).length === 0 ? (
        <p className={styles.waiting}>{strings.write.nothingShown}</p>
      ) : (
        <FileList
          estimate={88}
          label="Planned changes"
          items={inListOrder(shown)}
          keyOf={(file) => file.path}
          render={(file) => <PlanFile file={file} quick={quick.has(file.path)} />}
        />
      )}
    </>
  );
}

/** What is decided but left out of the plan until it is looked at again. */
function LookAgainLine() {
  const setQuick = useLibraryStore((state) => state.setQuick);
  const waiting = useSummary(null).data?.quick['look-again'] ?? 0;
  if (waiting === 0) return null;
  return (
    <p className={styles.lookAgain}>
      {strings.quickly.desk(waiting)}{' '}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          setQuick('look-again');
        }}
      >
        {strings.quickly.deskShow}
      </Button>
    </p>
  );
}

function summaryOf({ ready, refused, unchanged }: PlanParts): string {
  const sentences = [
    ready.length === 0 ? 'No file will change.' : `${formatPlural(ready.length, 'file')} will change.`,
  ];
  if (refused.length > 0) sentences.push(`${formatCount(refused.length)} can’t be written, for the reasons given.`);
  if (unchanged.length > 0) sentences.push(`${formatCount(unchanged.length)} already as decided.`);
  if (ready.length > 0) sentences.push('All else in the files stays byte for byte.');
  return sentences.join(' ');
}
