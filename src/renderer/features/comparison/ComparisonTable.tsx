import { TriangleAlert } from 'lucide-react';
import type { ComparedColumn } from '#shared/contract/model-comparison';
import type { Verdict } from '#shared/domain/analysis';
import { compareVerdicts, type ComparedCell, type ComparedVerdicts } from '#shared/domain/comparison';
import { agreementSentence } from '#shared/domain/comparison-words';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import { formatShare } from '../../ui/format';
import type { Task } from '../../ui/palette';
import { abstainWords } from '../review/abstain-words';
import { ComparedBar } from './ComparedBar';
import styles from './ComparisonTable.module.css';
import type { ColumnEvidence } from './use-column-evidence';

const words = strings.comparison;

/** Rows at most; what is left over is one more. */
const MOST = { genre: 10, mood: 4 } as const satisfies Record<Task, number>;

interface ComparisonTableProps {
  readonly columns: readonly ComparedColumn[];
  readonly evidence: ColumnEvidence;
  /** Name of the model that listens now. */
  readonly hearing: string | null;
}

/** One column a model, one row a label: the same labels in the same order, bars to the same scale. */
export function ComparisonTable({ columns, evidence, hearing }: ComparisonTableProps) {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={words.title}>
      <table className={styles.table} style={{ '--models': columns.length } as React.CSSProperties}>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              <span className={styles.hidden}>{words.label}</span>
            </th>
            {columns.map((column) => (
              <th key={column.asked} scope="col" className={styles.model}>
                <ModelHead column={column} listens={hearing === column.name} />
              </th>
            ))}
          </tr>
        </thead>
        <Histograms task="genre" columns={columns} evidence={evidence} />
        <Histograms task="mood" columns={columns} evidence={evidence} />
      </table>
    </div>
  );
}

function ModelHead({ column: { model, name, heard, failure }, listens }: { column: ComparedColumn; listens: boolean }) {
  return (
    <>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.facts}>{model}</span>
      {heard ? (
        <span className={styles.facts}>
          {words.facts(heard.windows, heard.windowSec, heard.totalMs)}
          {heard.stored && ` · ${words.stored}`}
        </span>
      ) : failure && !listens ? (
        <span className={styles.failure}>
          <TriangleAlert size={13} aria-hidden="true" /> {words.failed}: {failure.message}
        </span>
      ) : (
        <span className={styles.facts}>{listens ? words.hearing(null) : words.notHeard}</span>
      )}
    </>
  );
}

interface HistogramsProps {
  readonly task: Task;
  readonly columns: readonly ComparedColumn[];
  readonly evidence: ColumnEvidence;
}

function Histograms({ task, columns, evidence }: HistogramsProps) {
  const verdicts = columns.map(({ heard }) => heard?.[task] ?? null);
  if (verdicts.every((verdict) => verdict === null)) return null;
  const compared = compareVerdicts(verdicts, MOST[task]);
  const sentence = agreementSentence(compared.agreement, {
    // Names may be sentences.
    model: (index) => columns[index]?.model.replace(/@.*$/, '') ?? '',
    label: displayLabel,
  });
  return (
    <tbody>
      <tr className={styles.task}>
        <th scope="rowgroup">{words.tasks[task]}</th>
        <td colSpan={columns.length}>{sentence}</td>
      </tr>
      <tr className={styles.verdicts}>
        <th scope="row">{words.verdict}</th>
        {columns.map((column, i) => (
          <td key={column.asked}>
            {column.heard && <Said task={task} verdict={verdicts[i] ?? null} column={column} />}
          </td>
        ))}
      </tr>
      {compared.rows.map(({ label, cells }) => (
        <tr key={label}>
          <th scope="row">{displayLabel(label)}</th>
          {columns.map((column, i) => (
            <Cell key={column.asked} column={column} verdict={verdicts[i] ?? null}>
              <Bar
                {...{ task, column, compared, evidence }}
                cell={cells[i] ?? null}
                abstained={verdicts[i]?.abstained}
              />
            </Cell>
          ))}
        </tr>
      ))}
      {compared.others && (
        <tr className={styles.others}>
          <th scope="row" title={compared.others.labels.map(displayLabel).join(', ')}>
            {words.others}
          </th>
          {columns.map((column, i) => {
            const share = compared.others?.shares[i] ?? null;
            return (
              <td key={column.asked}>
                {share !== null && (
                  <span className={styles.cell}>
                    <span />
                    <span className={styles.share}>{formatShare(share)}</span>
                  </span>
                )}
              </td>
            );
          })}
        </tr>
      )}
    </tbody>
  );
}

/** What a model names, in its own words, and how sure it is. */
function Said({ task, verdict, column }: { task: Task; verdict: Verdict | null; column: ComparedColumn }) {
  if (!verdict) return <span className={styles.none}>{words.noTask}</span>;
  const notMusic = verdict.abstainReason === 'not-music';
  const share = formatShare(verdict.confidence);
  return (
    <span className={styles.said}>
      {!notMusic && <Dot task={task} label={verdict.top} hollow={verdict.abstained} />}
      {notMusic ? abstainWords(verdict, column.heard?.content ?? null) : displayLabel(verdict.top)}
      {!notMusic &&
        (verdict.abstained ? (
          <span className={styles.unsure}>
            {verdict.abstainReason === 'other-genre' ? abstainWords(verdict, null) : words.unsure(share)}
          </span>
        ) : (
          <span className={styles.sure}>{words.sure(share)}</span>
        ))}
    </span>
  );
}

/** Empty where the model has nothing to say of the task yet or at all; a dash where it lacks the label. */
function Cell({ verdict, children }: { column: ComparedColumn; verdict: Verdict | null; children: React.ReactNode }) {
  return <td>{verdict && children}</td>;
}

interface BarProps {
  readonly task: Task;
  readonly column: ComparedColumn;
  readonly cell: ComparedCell | null;
  readonly compared: ComparedVerdicts;
  readonly evidence: ColumnEvidence;
  readonly abstained: boolean | undefined;
}

function Bar({ task, column, cell, compared, evidence, abstained = false }: BarProps) {
  if (!cell) {
    return (
      <span className={styles.none} title={words.noLabel}>
        <span aria-hidden="true">–</span>
        <span className={styles.hidden}>{words.noLabel}</span>
      </span>
    );
  }
  const { label, share, votes } = cell;
  return (
    <ComparedBar
      {...{ task, label, share, abstained }}
      largest={compared.largest}
      hear={
        votes === 0
          ? null
          : {
              words: words.hearBar(displayLabel(label), votes, column.name),
              isHeard: evidence.isHeard(column.model, task, label),
              onHear: () => {
                evidence.onHear(column.model, task, label);
              },
            }
      }
    />
  );
}
