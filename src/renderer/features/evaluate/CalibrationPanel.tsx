import { useState } from 'react';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';
import { ChartTools } from '../insight/ChartTools';
import { Panel } from '../insight/Panel';
import type { Picture } from '../insight/picture';
import { PictureSvg } from '../insight/PictureSvg';
import { reliabilityPicture } from '../insight/reliability-model';
import type { Sheet } from '../insight/sheet';
import { SheetTable } from '../insight/SheetTable';
import styles from './CalibrationPanel.module.css';
import { binsOf, meanConfidence, reliabilitySheet, riskAt, riskPicture, riskSheet } from './chart-model';
import type { ResultPanelProps } from './ConfusionPanel';

const say = strings.evaluate.calibration;
const WORDS = { confidence: say.confidence, keptShare: say.share, decided: say.tracks };

/** How far the model's confidence can be relied on: against how often it is right, and for leaving out what is less sure. */
export function CalibrationPanel({ model }: ResultPanelProps) {
  return (
    <div className={styles.pair}>
      <Chart
        title={say.reliability}
        says={say.says(model, meanConfidence(model), model.accuracy)}
        note={say.note}
        sheet={reliabilitySheet(model)}
        picture={() => reliabilityPicture({ bins: binsOf(model) }, WORDS)}
      />
      <Chart
        title={say.risk}
        says={say.riskSays(formatShare(riskAt(model, 1)), formatShare(riskAt(model, 0.5)))}
        note={say.riskNote}
        sheet={riskSheet(model)}
        picture={() => riskPicture(model)}
      />
    </div>
  );
}

interface ChartProps {
  readonly title: string;
  readonly says: string;
  readonly note: string;
  readonly sheet: Sheet;
  readonly picture: () => Picture;
}

function Chart({ title, says, note, sheet, picture }: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  const toggle = (): void => setAsTable(!asTable);
  return (
    <Panel
      title={title}
      says={says}
      note={note}
      tools={<ChartTools sheet={sheet} picture={picture} table={{ shown: asTable, toggle }} />}
    >
      <div>{asTable ? <SheetTable sheet={sheet} /> : <PictureSvg picture={picture()} label={says} />}</div>
    </Panel>
  );
}
