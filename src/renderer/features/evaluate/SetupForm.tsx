import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { JUDGED_TASKS, type LabelSource } from '#shared/contract/evaluation';
import { useModels } from '../../api/queries';
import { strings } from '../../strings';
import { isInTheWay } from '../jobs/job-words';
import { useJobs } from '../../api/queries';
import { useEvaluateStore, type Draft } from './evaluate-store';
import styles from './EvaluateView.module.css';
import { LookNote } from './LookNote';
import { useChoosePath } from './use-choose-path';
import { useLook, useStart } from './use-evaluation';
import { useTellable } from './use-tellable';

const say = strings.evaluate.setup;
const KINDS = ['folder', 'tag', 'table'] as const satisfies readonly LabelSource['kind'][];
const PLANS = ['all', '12'] as const satisfies readonly Draft['plan'][];

/** What is to be listened to, by which model, and where its labels are. */
export function SetupForm({ hasResult, failure }: { hasResult: boolean; failure: string | null }) {
  const { draft: typed, change, ask } = useEvaluateStore();
  const { draft, silent } = useTellable(typed);
  const { look, error, looking } = useLook(draft);
  const start = useStart();
  const busy = useJobs().data?.some(isInTheWay) ?? false;
  const ready = look !== undefined && look.known > 0 && (draft.kind !== 'table' || look.column !== null);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !busy && !looking) void start(draft);
  };
  return (
    <main className={styles.view} aria-label={strings.views.evaluate}>
      <form className={styles.form} onSubmit={onSubmit}>
        <header>
          <h2 className={styles.title}>{say.title}</h2>
          <p className={styles.intro}>{say.intro}</p>
        </header>
        {failure && (
          <p className={styles.failure} role="alert">
            {failure}
          </p>
        )}
        <Line label={say.labels}>
          <SegmentedControl
            aria-label={say.labels}
            data={KINDS.map((value) => ({ value, label: say.sources[value] }))}
            value={draft.kind}
            onChange={(kind) => change({ kind: kind })}
          />
          <p className={styles.help}>{say.sourceHelp[draft.kind]}</p>
        </Line>
        <Source columns={look?.columns ?? []} column={look?.column ?? null} />
        <Line label={say.task}>
          <SegmentedControl
            aria-label={say.task}
            data={JUDGED_TASKS.map((value) => ({
              value,
              label: say.tasks[value],
              disabled: silent.some(({ tasks }) => tasks.includes(value)),
            }))}
            value={draft.task}
            onChange={(task) => change({ task: task, column: null })}
          />
          {silent.map(({ tasks, model }) => (
            <p key={model} className={styles.help}>
              {strings.noGenre.tasks(model, tasks)}
            </p>
          ))}
        </Line>
        <LookNote draft={draft} look={look} error={error} looking={looking} />
        <Models />
        <div className={styles.buttons}>
          <Button type="submit" disabled={!ready || busy || looking}>
            {ready ? say.startCount(look.looked < look.files ? look.files : look.known) : say.start}
          </Button>
          {hasResult && (
            <Button variant="default" onClick={() => ask(false)}>
              {say.back}
            </Button>
          )}
        </div>
      </form>
    </main>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <span className={styles.label}>{label}</span>
      <div className={styles.field}>{children}</div>
    </div>
  );
}

function Source({ columns, column }: { columns: readonly string[]; column: string | null }) {
  const { draft, change } = useEvaluateStore();
  const choose = useChoosePath();
  const takeTable = (table: string): void => change({ table, column: null });
  if (draft.kind !== 'table')
    return (
      <Line label={say.folder}>
        <PathField
          name={say.folder}
          placeholder={say.folderHint}
          value={draft.folder}
          onChange={(folder) => change({ folder })}
          onChoose={() => choose('folder', say.chooseTitle, (folder) => change({ folder }))}
        />
      </Line>
    );
  return (
    <>
      <Line label={say.table}>
        <PathField
          name={say.table}
          placeholder={say.tableHint}
          value={draft.table}
          onChange={takeTable}
          onChoose={() => choose('table', say.chooseTable, takeTable)}
        />
      </Line>
      <Line label={say.root}>
        <PathField
          name={say.root}
          placeholder={say.rootHint}
          value={draft.root}
          onChange={(root) => change({ root })}
          onChoose={() => choose('folder', say.chooseRoot, (root) => change({ root }))}
        />
      </Line>
      {columns.length > 0 && (
        <Line label={say.column}>
          <NativeSelect
            aria-label={say.column}
            data={[
              ...(column === null ? [{ value: '', label: say.columnNone }] : []),
              ...columns.filter((name) => name !== 'file'),
            ]}
            value={draft.column ?? column ?? ''}
            onChange={(event) => change({ column: event.currentTarget.value || null })}
          />
        </Line>
      )}
    </>
  );
}

interface PathFieldProps {
  readonly name: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly onChoose: () => void;
}

function PathField({ name, placeholder, value, onChange, onChoose }: PathFieldProps) {
  return (
    <div className={styles.path}>
      <TextInput
        aria-label={name}
        placeholder={placeholder}
        spellCheck={false}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      <Button
        variant="default"
        leftSection={<FolderOpen size={14} aria-hidden="true" />}
        aria-label={say.chooseFor(name)}
        onClick={onChoose}
      >
        {say.choose}
      </Button>
    </div>
  );
}

function Models() {
  const { draft, change } = useEvaluateStore();
  const models = useModels().data?.models ?? [];
  const first = draft.model ?? models.find(({ chosen }) => chosen)?.id ?? '';
  return (
    <>
      <Line label={say.model}>
        <NativeSelect
          aria-label={say.model}
          data={models.map(({ id, name, chosen }) => ({ value: id, label: chosen ? say.chosen(name) : name }))}
          value={first}
          onChange={({ currentTarget: { value } }) =>
            change({ model: value, against: draft.against === value ? null : draft.against })
          }
        />
      </Line>
      <Line label={say.against}>
        <NativeSelect
          aria-label={say.against}
          data={[
            { value: '', label: say.noOther },
            ...models.filter(({ id }) => id !== first).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={draft.against ?? ''}
          onChange={(event) => change({ against: event.currentTarget.value || null })}
        />
      </Line>
      <Line label={say.plan}>
        <NativeSelect
          aria-label={say.plan}
          data={PLANS.map((value) => ({ value, label: say.plans[value] }))}
          value={draft.plan}
          onChange={(event) => change({ plan: event.currentTarget.value as Draft['plan'] })}
        />
      </Line>
    </>
  );
}
