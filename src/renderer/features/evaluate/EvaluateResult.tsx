import { Button, Menu, SegmentedControl } from '@mantine/core';
import { Download, RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import type { EvaluatedTrack, Evaluation, JudgedModel } from '#shared/contract/evaluation';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { formatMoment, formatShare } from '../../ui/format';
import { saveBlob } from '../../ui/save-file';
import { showError } from '../../ui/use-toasts';
import frame from '../insight/InsightView.module.css';
import { Tabs } from '../insight/Tabs';
import { useShortcuts } from '../shortcuts/use-shortcuts';
import { CalibrationPanel } from './CalibrationPanel';
import { ClassPanel } from './ClassPanel';
import { ComparisonPanel } from './ComparisonPanel';
import { ConfusionPanel } from './ConfusionPanel';
import { FailuresPanel } from './FailuresPanel';
import { TABS, useEvaluateStore, type Tab } from './evaluate-store';
import styles from './EvaluateResult.module.css';
import { MapPanel } from './MapPanel';
import { SoundPanel } from './SoundPanel';
import { TrackPane } from './TrackPane';
import { useEvaluatedTracks } from './use-evaluation';

const say = strings.evaluate.result;
/** Fewer tracks than this say little, whatever the figures are. */
const FEW = 30;
const FORMS = ['html', 'csv', 'json'] as const;
const TYPES = { html: 'text/html', csv: 'text/csv', json: 'application/json' } as const;

/** What came of an evaluation, once its tracks are known as well: a click in a chart asks for them. */
export function EvaluateResult({ evaluation }: { evaluation: Evaluation }) {
  const { data: tracks, error } = useEvaluatedTracks(evaluation.id);
  if (tracks) return <Result evaluation={evaluation} tracks={tracks} />;
  return (
    <main className={frame.main} aria-label={strings.views.evaluate}>
      {error && (
        <p className={styles.note} role="alert">
          {error.message}
        </p>
      )}
    </main>
  );
}

interface ResultProps {
  readonly evaluation: Evaluation;
  readonly tracks: readonly EvaluatedTrack[];
}

/** Its figures, a chart at a time, and beside it the tracks of what was picked there. */
function Result({ evaluation, tracks }: ResultProps) {
  const { tab, setTab, model: index, picked, pick } = useEvaluateStore();
  const main = useRef<HTMLElement>(null);
  useShortcuts({
    unselect: () => {
      if (!picked) return;
      pick(null);
      main.current?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus();
    },
  });
  const model = evaluation.models[index] ?? evaluation.models[0]!;
  const tabs = TABS.filter((each) => isThere(each, evaluation));
  const shown = tabs.includes(tab) ? tab : 'confusion';
  const props = { evaluation, model, tracks };
  return (
    <div className={frame.view} data-picked={picked !== null || undefined}>
      <main className={frame.main} ref={main} aria-label={strings.views.evaluate}>
        <Head evaluation={evaluation} />
        <Figures model={model} />
        <Tabs
          label={say.parts}
          tabs={tabs.map((value) => ({ value, label: say.tabs[value] }))}
          value={shown}
          onChange={setTab}
        />
        {shown === 'confusion' && <ConfusionPanel {...props} />}
        {shown === 'classes' && <ClassPanel {...props} />}
        {shown === 'calibration' && <CalibrationPanel {...props} />}
        {shown === 'map' && <MapPanel {...props} />}
        {shown === 'sound' && <SoundPanel {...props} />}
        {shown === 'comparison' && <ComparisonPanel {...props} />}
        {shown === 'failures' && <FailuresPanel evaluation={evaluation} />}
      </main>
      {picked && <TrackPane key={picked.key} picked={picked} evaluation={evaluation} tracks={tracks} />}
    </div>
  );
}

const isThere = (tab: Tab, { paired, failed, hasMap }: Evaluation): boolean =>
  (({ comparison: paired !== null, failures: failed > 0, map: hasMap }) as Partial<Record<Tab, boolean>>)[tab] ?? true;

function Head({ evaluation }: { evaluation: Evaluation }) {
  const { ask, model, setModel } = useEvaluateStore();
  const { models, task, madeAt } = evaluation;
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <h2 className={styles.title}>{say.title(task)}</h2>
        <p className={styles.made} title={say.made(evaluation, formatMoment(madeAt))}>
          {models.length === 1 && <strong>{models[0]!.name} · </strong>}
          {say.made(evaluation, formatMoment(madeAt))}
        </p>
      </div>
      {models.length > 1 && (
        <SegmentedControl
          aria-label={say.model}
          data={models.map(({ name }, i) => ({ value: String(i), label: name }))}
          value={String(model)}
          onChange={(value) => setModel(value === '1' ? 1 : 0)}
        />
      )}
      <SaveMenu evaluation={evaluation} />
      <Button variant="default" leftSection={<RotateCcw size={14} aria-hidden="true" />} onClick={() => ask(true)}>
        {say.another}
      </Button>
    </header>
  );
}

function SaveMenu({ evaluation: { id, task } }: { evaluation: Evaluation }) {
  const connection = useConnection();
  const save = async (form: (typeof FORMS)[number]): Promise<void> => {
    try {
      const { text } = await connection.call('evaluation.export', { evaluation: id, form });
      saveBlob(new Blob([text], { type: `${TYPES[form]};charset=utf-8` }), `${say.file(task)}.${form}`);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={14} aria-hidden="true" />}>
          {say.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMS.map((form) => (
          <Menu.Item key={form} onClick={() => void save(form)}>
            {say.forms[form]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Figures({ model }: { model: JudgedModel }) {
  const { n, right, accuracy, interval, top2, macroF1, named, ece, strangers, unknown } = model;
  const { exactly } = strings.evaluate;
  const left = strangers.reduce((sum, { count }) => sum + count, 0);
  const notes = [
    n < FEW ? say.few(n) : null,
    left > 0
      ? say.strangers(
          left,
          strangers
            .slice(0, 5)
            .map(({ label }) => label)
            .join(', '),
        )
      : null,
    unknown.n > 0 && unknown.auroc !== null ? say.unknown(unknown.n, unknown.named, exactly(unknown.auroc)) : null,
  ].filter((note) => note !== null);
  return (
    <section className={styles.figures} aria-label={say.figures}>
      <dl className={styles.tiles}>
        <Tile
          value={exactly(accuracy)}
          name={say.accuracy}
          help={say.accuracyHelp}
          more={`${say.of(right, n)} · ${say.interval(interval)}`}
          isFirst
        />
        <Tile value={exactly(top2)} name={say.top2} help={say.top2Help} />
        <Tile value={macroF1.toFixed(3)} name={say.macroF1} help={say.macroF1Help} />
        <Tile value={formatShare(named / n)} name={say.named} help={say.namedHelp} more={say.namedOf(model)} />
        <Tile value={ece.toFixed(3)} name={say.ece} help={say.eceHelp} />
      </dl>
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </section>
  );
}

interface TileProps {
  readonly value: string;
  readonly name: string;
  readonly help: string;
  readonly more?: string;
  readonly isFirst?: boolean;
}

function Tile({ value, name, help, more, isFirst = false }: TileProps) {
  return (
    <div className={styles.tile} data-first={isFirst || undefined} title={help}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.value}>{value}</span>
        {more && <span className={styles.more}>{more}</span>}
      </dd>
    </div>
  );
}
