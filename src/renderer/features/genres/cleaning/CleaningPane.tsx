import { Button, Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowLeft, Check, PenLine } from 'lucide-react';
import { useMemo } from 'react';
import { useConnection } from '../../../api/connection-context';
import { keys } from '../../../api/queries';
import { strings } from '../../../strings';
import { EmptyState } from '../../../ui/EmptyState';
import { FileList } from '../../../ui/FileList';
import { inListOrder, partsOf, type PlanParts } from '../../write/plan-model';
import { PlanFile } from '../../write/PlanFile';
import { useWrite } from '../../write/use-write';
import { useWriteStore } from '../../write/write-store';
import desk from '../../write/WriteView.module.css';
import { useCleaningStore } from './cleaning-store';

const words = strings.genres.clean;

/** What the collector's lines make of the genres that files have, to look through before anything is touched. */
export function CleaningPane({ writing }: { writing: boolean }) {
  const { splitAll, setSplitAll, show } = useCleaningStore();
  const plan = useCleaningPlan(splitAll, !writing);
  const files = plan.data?.files;
  const parts = useMemo(() => partsOf(files ?? []), [files]);
  if (plan.error) return <p className={desk.error}>{plan.error.message}</p>;
  return (
    <>
      <header className={desk.header}>
        <div>
          <h2>{words.title}</h2>
          <p role="status">
            {plan.data ? words.summary(parts.ready.length, parts.refused.length, plan.data.clean) : words.waiting}
          </p>
        </div>
        <div className={desk.controls}>
          <AllChosen parts={parts} />
          <Checkbox
            label={words.split}
            title={words.splitHelp}
            checked={splitAll}
            onChange={(event) => {
              setSplitAll(event.currentTarget.checked);
            }}
          />
          <Button
            className={desk.push ?? ''}
            variant="default"
            leftSection={<ArrowLeft size={14} aria-hidden="true" />}
            onClick={() => {
              show(false);
            }}
          >
            {words.back}
          </Button>
          <WriteChosen planId={plan.data?.planId ?? ''} parts={parts} busy={plan.isFetching || writing} />
        </div>
      </header>
      {files?.length === 0 ? (
        <EmptyState icon={Check} title={words.nothing} text={words.nothingText} />
      ) : (
        <FileList
          estimate={64}
          label={words.title}
          items={inListOrder(parts)}
          keyOf={(file) => file.path}
          render={(file) => <PlanFile file={file} quick={false} />}
        />
      )}
    </>
  );
}

/** The plan for the whole library; it reads the files concerned, so it is made anew only where something has changed. */
function useCleaningPlan(splitAll: boolean, enabled: boolean) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.cleaning(splitAll),
    queryFn: () => connection.call('write.planCleaning', { splitAll }),
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** Paths of the files that are to be written. */
function useChosen({ ready }: PlanParts): string[] {
  const unchecked = useWriteStore((state) => state.unchecked);
  return ready.map(({ path }) => path).filter((path) => !unchecked.has(path));
}

function AllChosen({ parts }: { parts: PlanParts }) {
  const setUnchecked = useWriteStore((state) => state.setUnchecked);
  const chosen = useChosen(parts).length;
  const all = parts.ready.length;
  const some = chosen > 0 && chosen < all;
  return (
    <Checkbox
      label={words.chosen(chosen, all)}
      checked={chosen > 0 && !some}
      indeterminate={some}
      disabled={all === 0}
      onChange={() => {
        setUnchecked(chosen === all ? parts.ready.map(({ path }) => path) : []);
      }}
    />
  );
}

function WriteChosen({ planId, parts, busy }: { planId: string; parts: PlanParts; busy: boolean }) {
  const write = useWrite();
  const chosen = useChosen(parts);
  return (
    <Button
      leftSection={<PenLine size={14} aria-hidden="true" />}
      disabled={chosen.length === 0 || busy}
      onClick={() => void write.apply(planId, chosen)}
    >
      {words.write(chosen.length)}
    </Button>
  );
}
