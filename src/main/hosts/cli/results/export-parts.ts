import { standingOf } from '#shared/domain/hands-free/standing';
import { rowPages } from '../hands-free/rows';
import type { Session } from '../session';
import { csvLine } from '../../../core/report/csv';
import { cellsOf, COLUMN_NAMES, trackRecord, windowRecords } from './track-record';

export const EXPORT_FORMATS = ['csv', 'json', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const WINDOW_COLUMNS = ['path', 'start_sec', 'window_sec', 'task', 'label', 'probability'];

/**
 * The text of an export, a part at a time, so that a library of any size fits.
 *
 * @param withWindows a row for each window and label instead of each track (CSV), or a list in each track (JSON)
 */
export async function* exportParts(
  session: Session,
  trackIds: readonly number[],
  format: ExportFormat,
  withWindows: boolean,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(withWindows ? WINDOW_COLUMNS : COLUMN_NAMES);
  if (format === 'json') yield '[';
  let first = true;
  for await (const page of rowPages(session, trackIds))
    for (const row of page) {
      const detail = withWindows ? await session.client.call('tracks.detail', { id: row.id }) : null;
      const record = trackRecord(row, standingOf(row, null));
      const windows = detail && windowRecords(detail);
      if (format !== 'csv') {
        const text = JSON.stringify(windows ? { ...record, windows } : record);
        yield format === 'jsonl' ? `${text}\n` : `${first ? '\n' : ',\n'}${text}`;
      } else if (windows === null) yield csvLine(cellsOf(record));
      else
        for (const { startSec, windowSec, task, probabilities } of windows)
          for (const [label, probability] of Object.entries(probabilities))
            yield csvLine([row.path, startSec, windowSec, task, label, probability]);
      first = false;
    }
  if (format === 'json') yield '\n]\n';
}
