import { ActionIcon, Tooltip } from '@mantine/core';
import { FileSpreadsheet, Image, Table2 } from 'lucide-react';
import { strings } from '../../strings';
import type { Picture } from './picture';
import { saveCsv, savePng } from './save';
import type { Sheet } from './sheet';

interface ChartToolsProps {
  readonly sheet: Sheet;
  readonly picture: () => Picture | HTMLCanvasElement;
  /** Where the chart is no table already: whether its table is shown instead, and the switch between them. */
  readonly table?: { readonly shown: boolean; readonly toggle: () => void };
}

/** What can be done with a chart: see it as a table, save its picture, save its numbers. */
export function ChartTools({ sheet, picture, table }: ChartToolsProps) {
  const say = strings.insight.tools;
  return (
    <div role="group" aria-label={say.group(sheet.name)} style={{ display: 'flex', gap: 2 }}>
      {table && (
        <Tooltip label={say.table}>
          <ActionIcon
            aria-label={say.table}
            aria-pressed={table.shown}
            variant={table.shown ? 'light' : 'subtle'}
            onClick={table.toggle}
          >
            <Table2 size={16} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={say.png}>
        <ActionIcon
          aria-label={say.png}
          onClick={() => {
            savePng(picture(), sheet.name);
          }}
        >
          <Image size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={say.csv}>
        <ActionIcon
          aria-label={say.csv}
          onClick={() => {
            saveCsv(sheet);
          }}
        >
          <FileSpreadsheet size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
