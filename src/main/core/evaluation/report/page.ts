import { displayLabel } from '#shared/domain/vocabulary';
import { occurringLabels } from '../confusion';
import { reliabilityBins } from '../reliability';
import type { Comparison } from '../compare-task';
import type { VerdictReport } from '../tasks';
import { points, shortP } from '../words';
import { htmlDocument } from '../../report/document';
import { html, type Html } from '../../report/markup';
import type { EvaluationAccount, JudgedTask } from './account';
import { reliabilityPlot, riskPlot } from './plots';
import { SOUND_STYLE, soundSection } from './sound';

/** Longer lists are cut in the page; the other forms have all of it. */
const MOST_MISTAKES = 500;

const OWN_STYLE = `
.pair { display: flex; flex-wrap: wrap; gap: 32px; }
.pair h3, h3 { font-size: 13px; font-weight: 600; margin: 20px 0 8px; }
svg .even { stroke: var(--ink); stroke-dasharray: 4 4; }
svg .line { fill: none; stroke: var(--bar); stroke-width: 2; }
.confusion td, .confusion th { padding: 4px 8px; text-align: right; }
.confusion tbody th { text-align: left; color: var(--ink); }
.confusion td { font-variant-numeric: tabular-nums; }
.confusion td.none { color: var(--dim); }
`;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** How right models are, as a page that needs nothing but itself: no script, nothing from anywhere else. */
export function evaluationPage({
  madeAt,
  madeBy,
  source,
  plan,
  judged,
  comparisons,
  sound,
}: EvaluationAccount): string {
  const body = html` <header>
      <h1>How right it is</h1>
      <p class="where">${source}</p>
      <p class="made">${madeBy}, ${madeAt.slice(0, 16).replace('T', ' ')} UTC; windows: ${plan}</p>
    </header>
    ${comparisons.map(compared)} ${judged.map(section)}
    ${sound ? everyTask(judged).map((each) => soundSection(each, sound)) : html``}`;
  return htmlDocument(`Genregram: how right, ${source}`, body, OWN_STYLE + SOUND_STYLE);
}

/** Labels are the files' own: those of one model do for all. */
const everyTask = (judged: readonly JudgedTask[]): JudgedTask[] =>
  judged.filter(({ report }, i) => judged.findIndex((other) => other.report.task === report.task) === i);

const tile = (value: string, what: string): Html => html`<li><strong>${value}</strong> ${what}</li> `;

function section({ model, report, tracks }: JudgedTask): Html {
  const { task, n, accuracy, top2, named, namedRight, macroF1, ece, riskCoverage } = report;
  return html`<section>
    <h2>${model}, by ${task}</h2>
    <ul class="tiles">
      ${tile(String(n), 'tracks')}${tile(percent(accuracy), 'right')}${tile(percent(top2), 'right or second')}
      ${tile(percent(named / n), 'named')}${named > 0 ? tile(percent(namedRight / named), 'of these right') : html``}
      ${tile(macroF1.toFixed(3), 'macro F1')}${tile(ece.toFixed(3), 'calibration error')}
    </ul>
    <h3>What is heard as what</h3>
    ${confusion(report)}
    <h3>By ${task}</h3>
    ${classes(report)}
    <div class="pair">
      <div>
        <h3>Right, by confidence</h3>
        ${reliabilityPlot(reliabilityBins(tracks))}
      </div>
      <div>
        <h3>Wrong, among the surest</h3>
        ${riskPlot(riskCoverage)}
      </div>
    </div>
    ${mistakes(tracks)}
  </section>`;
}

/** Labels that occur, as rows what a track is and as columns what it is heard as; the more tracks, the darker. */
function confusion({ confusion: { labels, matrix } }: VerdictReport): Html {
  const shown = occurringLabels(labels, matrix);
  const cell = (row: number, column: number): Html => {
    const tracks = matrix[row]?.[column] ?? 0;
    const all = (matrix[row] ?? []).reduce((sum, n) => sum + n, 0);
    if (tracks === 0) return html`<td class="none">·</td> `;
    const shade = Math.round((70 * tracks) / all);
    return html`<td style="background: color-mix(in srgb, var(--bar) ${shade}%, transparent)">${tracks}</td> `;
  };
  return html`<table class="narrow confusion">
    <thead>
      <tr>
        <th scope="col">is \\ heard as</th>
        ${shown.map(({ label }) => html`<th scope="col">${displayLabel(label)}</th> `)}
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        ({ label, index }) =>
          html`<tr>
            <th scope="row">${displayLabel(label)}</th>
            ${shown.map((column) => cell(index, column.index))}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function classes({ perClass }: VerdictReport): Html {
  const rows = Object.entries(perClass).filter(([, { support }]) => support > 0);
  return html`<table class="narrow">
    <thead>
      <tr>
        <th scope="col">Label</th>
        ${['Precision', 'Recall', 'F1', 'Tracks'].map((name) => html`<th scope="col" class="figure">${name}</th> `)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([label, { precision, recall, f1, support }]) =>
          html`<tr>
            <td>${displayLabel(label)}</td>
            <td class="figure">${percent(precision)}</td>
            <td class="figure">${percent(recall)}</td>
            <td class="figure">${f1.toFixed(3)}</td>
            <td class="figure">${support}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** The surest mistakes first: these say most of the model, or of the labels. */
function mistakes(tracks: JudgedTask['tracks']): Html {
  const wrong = tracks.filter(({ isRight }) => !isRight).toSorted((a, b) => b.confidence - a.confidence);
  if (wrong.length === 0) return html``;
  const more = wrong.length - MOST_MISTAKES;
  return html`<h3>Mistakes, the surest first <span class="count">${wrong.length}</span></h3>
    <table>
      <thead>
        <tr>
          <th scope="col">Track</th>
          <th scope="col">Is</th>
          <th scope="col">Heard as</th>
          <th scope="col" class="figure">Sure</th>
        </tr>
      </thead>
      <tbody>
        ${wrong.slice(0, MOST_MISTAKES).map(
          ({ path, label, heard, confidence }) =>
            html`<tr>
              <td>${path}</td>
              <td>${displayLabel(label)}</td>
              <td>${displayLabel(heard)}</td>
              <td class="figure">${Math.round(confidence * 100)} %</td>
            </tr> `,
        )}
      </tbody>
    </table>
    ${more > 0 ? html`<p>… and ${more} more: the CSV and JSON forms have them all.</p>` : html``}`;
}

function compared({
  task,
  models: [first, second],
  n,
  accuracy,
  onlyFirst,
  onlySecond,
  difference,
  interval,
  p,
}: Comparison): Html {
  return html`<section>
    <h2>${first} against ${second}, by ${task}</h2>
    <ul class="tiles">
      ${tile(String(n), 'tracks')}${tile(percent(accuracy[0]), `${first} right`)}${tile(
        percent(accuracy[1]),
        `${second} right`,
      )}${tile(points(difference), 'points of difference')}
    </ul>
    <p>
      Right was only ${first} about ${onlyFirst}, only ${second} about ${onlySecond} tracks. The difference lies between
      ${points(interval[0])} and ${points(interval[1])} points (95 %); McNemar’s exact p is ${shortP(p)}.
    </p>
  </section>`;
}
