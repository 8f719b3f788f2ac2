import { useState } from 'react';
import { statisticTitle } from '#shared/domain/statistic-names';
import { ChartTools } from '../insight/ChartTools';
import { Panel } from '../insight/Panel';
import { PictureSvg } from '../insight/PictureSvg';
import { SheetTable } from '../insight/SheetTable';
import { boxesOf, boxLabel, boxPicture, boxSheet, boxWords, type BoxGroup } from './box-plots-model';

interface BoxPlotsProps {
  /** The statistic's column, such as `tempo` or `spectral_centroid_mean`: the plot's title is made of it. */
  readonly column: string;
  /** A box each, from top to bottom: a label with the values of its tracks (`describe.file`), or their box where they are not at hand. */
  readonly groups: readonly BoxGroup[];
}

/** How one statistic of the sound differs between labels: boxes with whiskers, or the same as a table; both can be saved. */
export function BoxPlots({ column, groups }: BoxPlotsProps) {
  const [asTable, setAsTable] = useState(false);
  const title = statisticTitle(column);
  const boxes = boxesOf(groups);
  const words = boxWords(boxes);
  if (boxes.length === 0) return <Panel title={title} says={words} />;
  const sheet = boxSheet(title, boxes);
  const toggle = (): void => {
    setAsTable(!asTable);
  };
  return (
    <Panel
      title={title}
      says={words}
      tools={<ChartTools sheet={sheet} picture={() => boxPicture(title, boxes)} table={{ shown: asTable, toggle }} />}
    >
      <div>
        {asTable ? (
          <SheetTable sheet={sheet} />
        ) : (
          <PictureSvg picture={boxPicture(title, boxes)} label={boxLabel(title, boxes)} />
        )}
      </div>
    </Panel>
  );
}
