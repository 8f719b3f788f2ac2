import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLabelTable } from '../../../src/main/hosts/cli/label-table';
import { UsageError } from '../../../src/main/hosts/shared/exit';

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
    expect(await readLabelTable(path, 'genre')).toEqual([
      { path: join(folder, 'a, b.mp3'), label: 'Hip-Hop' },
      { path: join(folder, 'sub/c.flac'), label: 'rock' },
    ]);
  });

  it('starts paths from the root that is named', async () => {
    const [row] = await readLabelTable(csv('genre,file\nrock,c.mp3\n'), 'genre', '/music');
    expect(row).toEqual({ path: '/music/c.mp3', label: 'rock' });
  });

  it('names the columns there are where the one asked for is missing', async () => {
    const path = csv('file,artist,quadrant\na.mp3,x,Q1\n');
    await expect(readLabelTable(path, 'genre')).rejects.toThrow(UsageError);
    await expect(readLabelTable(path, 'genre')).rejects.toThrow('"genre". Its columns are: file, artist, quadrant.');
    await expect(readLabelTable(csv('path,genre\na,b\n'), 'genre')).rejects.toThrow('"file"');
    await expect(readLabelTable(csv(''), 'genre')).rejects.toThrow('(none)');
  });

  it('says what is no table, and what is not there', async () => {
    await expect(readLabelTable(csv('file,genre\n"a.mp3,rock\n'), 'genre')).rejects.toThrow('no CSV table');
    await expect(readLabelTable(join(folder, 'none.csv'), 'genre')).rejects.toMatchObject({ code: 'not-found' });
  });
});
