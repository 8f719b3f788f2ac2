import { boxOf } from '#shared/domain/box-plot';
import { statisticTitle } from '#shared/domain/statistic-names';
import { displayLabel } from '#shared/domain/vocabulary';
import { html, type Html } from '../../report/markup';
import type { JudgedTask, SoundOfFiles } from './account';
import { boxPlot, type LabelledBox } from './box-plot';

export const SOUND_STYLE = `
svg .box { fill: color-mix(in srgb, var(--bar) 35%, var(--paper)); stroke: var(--bar); }
svg .whisker { stroke: var(--bar); }
svg .median { stroke: var(--ink); stroke-width: 2; }
svg .outlier { fill: none; stroke: var(--dim); }
`;

/** How the files of each label sound: a plot a statistic, with the label that a file truly has. */
export function soundSection({ report: { task }, tracks }: JudgedTask, { columns, files, failed }: SoundOfFiles): Html {
  const valuesOf = new Map(files.map(({ path, values }) => [path, values]));
  const plots = columns.map((column, i) => {
    const byLabel = new Map<string, number[]>();
    for (const { path, label } of tracks) {
      const value = valuesOf.get(path)?.[i];
      if (value === undefined) continue;
      const values = byLabel.get(label) ?? [];
      values.push(value);
      byLabel.set(label, values);
    }
    const boxes = boxesOf(byLabel);
    if (boxes.length === 0) return html``;
    return html`<h3>${statisticTitle(column)}</h3>
      ${boxPlot(statisticTitle(column), boxes)}`;
  });
  return html`<section>
    <h2>How it sounds, by ${task}</h2>
    <p class="key">
      From the middle 30 seconds of each file. A box holds the middle half of the files and the line in it the median;
      whiskers reach to the farthest files within 1.5 times its length, rings are what lies beyond (Tukey). Beside each
      label: how many files.${failed > 0 ? html` Of ${failed} files nothing could be told.` : html``}
    </p>
    ${plots}
  </section>`;
}

/** In the order of the labels' names. */
const boxesOf = (byLabel: ReadonlyMap<string, readonly number[]>): LabelledBox[] =>
  [...byLabel]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([label, values]) => {
      const box = boxOf(values);
      return box ? [{ label: displayLabel(label), box }] : [];
    });
