import { useState } from 'react';
import { strings } from '../../strings';
import { ChartTools } from './ChartTools';
import { Panel, PanelWait } from './Panel';
import { PictureSvg } from './PictureSvg';
import { FEWEST, judgedOf, reliabilityPicture, reliabilitySheet, reliabilityWords } from './reliability-model';
import { SheetTable } from './SheetTable';
import { useReliability } from './use-insight';

const say = strings.insight.reliability;

/** How often the user kept what the model said, by how sure it was. */
export function ReliabilityPanel() {
  const { data, error } = useReliability();
  const [asTable, setAsTable] = useState(false);
  if (!data) return <PanelWait title={say.title} error={error} />;
  const words = reliabilityWords(data);
  const left = say.leftOut(data.all.skipped, data.leftOut);
  if (judgedOf(data.all) < FEWEST) return <Panel title={say.title} says={words} note={left} />;
  const sheet = reliabilitySheet(data);
  const toggle = (): void => {
    setAsTable(!asTable);
  };
  return (
    <Panel
      title={say.title}
      says={words}
      note={`${say.note} ${left}`}
      tools={<ChartTools sheet={sheet} picture={() => reliabilityPicture(data)} table={{ shown: asTable, toggle }} />}
    >
      <div>
        {asTable ? <SheetTable sheet={sheet} /> : <PictureSvg picture={reliabilityPicture(data)} label={words} />}
      </div>
    </Panel>
  );
}
