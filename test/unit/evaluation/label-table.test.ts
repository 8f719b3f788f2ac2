import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLabelTable, requireColumns } from '../../../src/main/backend/evaluation/label-table';
import { LabelError } from '../../../src/main/core/evaluation/label-error';

const folder = mkdtempSync(join(tmpdir(), 'genregram-labels-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function csv(text: string): string {
  const path = join(folder, 'labels.csv');
  writeFileSync(path, text);
  return path;
}

describe('readLabelTable', () => {
  it('reads quotes, commas and line breaks in cells, a byte-order mark and empty lines', async () => {
    const path = csv(
      '\ufefffile,artist,genre\r\n"a, b.mp3","Says ""hi""\nthere",Hip-Hop\r\n\r\nsub/c.flac,x, rock \r\n',
    );
    const { columns, files } = await readLabelTable(path);
    expect(columns).toEqual(['file', 'artist', 'genre']);
    expect(files.map((file) => [file.path, file.cells.get('artist'), file.cells.get('genre')])).toEqual([
      [join(folder, 'a, b.mp3'), 'Says "hi"\nthere', 'Hip-Hop'],
      [join(folder, 'sub/c.flac'), 'x', 'rock'],
    ]);
  });

  it('reads what a spreadsheet writes with semicolons or tabs, whose cells may hold commas', async () => {
    for (const separator of [';', '\t']) {
      const lines = [
        ['"genres"', '"file"'],
        ['"rock;pop, soft"', 'a, b.mp3'],
      ];
      const { columns, files } = await readLabelTable(csv(lines.map((line) => line.join(separator)).join('\r\n')));
      expect(columns).toEqual(['genres', 'file']);
      expect(files[0]).toMatchObject({ path: join(folder, 'a, b.mp3') });
      expect(files[0]?.cells.get('genres')).toBe('rock;pop, soft');
    }
  });

  it('starts paths from the root that is named', async () => {
    const { files } = await readLabelTable(csv('genre,file\nrock,c.mp3\n'), '/music');
    expect(files[0]?.path).toBe('/music/c.mp3');
  });

  it('has empty cells where a row is short', async () => {
    const { files } = await readLabelTable(csv('file,genre,content\nc.mp3,rock\n'));
    expect(files[0]?.cells.get('content')).toBe('');
  });

  it('names the columns there are where the one asked for is missing', async () => {
    const table = await readLabelTable(csv('file,artist,quadrant\na.mp3,x,Q1\n'));
    const asked =
      (...names: string[]) =>
      () =>
        requireColumns(table, names);
    expect(asked('artist', 'quadrant')).not.toThrow();
    expect(asked('artist', 'genre')).toThrow(LabelError);
    expect(asked('genre')).toThrow('"genre". Its columns are: file, artist, quadrant.');
    await expect(readLabelTable(csv('path,genre\na,b\n'))).rejects.toThrow(
      'Its columns are: path, genre. Call the column that holds the files’ paths "file".',
    );
    await expect(readLabelTable(csv(''))).rejects.toThrow('(none)');
  });

  it('says what is no table, and what is not there', async () => {
    await expect(readLabelTable(csv('file,genre\n"a.mp3,rock\n'))).rejects.toThrow('no CSV table');
    // The beginning of a spreadsheet's own file.
    await expect(readLabelTable(csv('PK\u0003\u0004\0\0'))).rejects.toThrow('Save the table as CSV');
    await expect(readLabelTable(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'not-found' });
  });
});
