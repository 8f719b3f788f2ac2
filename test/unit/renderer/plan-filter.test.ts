import { describe, expect, it } from 'vitest';
import { filterPlan, NO_FILTER, type PlanFilter } from '../../../src/renderer/features/write/plan-filter';
import { partsOf, type PlannedFile } from '../../../src/renderer/features/write/plan-model';
import { useWriteStore } from '../../../src/renderer/features/write/write-store';

const ready = (path: string, genre: string, warnings: string[] = []): PlannedFile => ({
  path,
  status: 'ready',
  format: 'ID3v2.4',
  stamp: { size: 1, mtimeNs: '0', inode: '0' },
  change: { mode: 'replace', genres: [genre] },
  writing: { joinV23: '; ', keepMtime: true, method: 'new-file', target: null },
  diffs: [{ field: 'genre', names: ['TCON'], before: ['Pop'], after: [genre] }],
  warnings,
});
const files: PlannedFile[] = [
  ready('/music/Björk/jóga.mp3', 'Electronic'),
  ready('/music/b.mp3', 'Rock', ['An APE tag stays as it is.']),
  { path: '/music/c.mp3', status: 'refused', code: 'write-failed', message: 'It is open elsewhere.' },
  { ...ready('/music/d.mp3', 'Pop'), status: 'unchanged' } as PlannedFile,
];

const pathsOf = (filter: Partial<PlanFilter>): string[] => {
  const { ready: will, refused, unchanged } = filterPlan(partsOf(files), { ...NO_FILTER, ...filter });
  return [...will, ...refused, ...unchanged].map(({ path }) => path);
};

describe('the filter of a plan', () => {
  it('leaves everything as it is without a wish', () => {
    expect(pathsOf({ text: '  ' })).toHaveLength(4);
  });

  it('finds words in path, field, values, warnings and reasons, in any spelling', () => {
    expect(pathsOf({ text: 'bjork JOGA' })).toEqual(['/music/Björk/jóga.mp3']);
    expect(pathsOf({ text: 'rock' })).toEqual(['/music/b.mp3']);
    expect(pathsOf({ text: 'tcon pop' })).toHaveLength(3);
    expect(pathsOf({ text: 'elsewhere' })).toEqual(['/music/c.mp3']);
    expect(pathsOf({ text: 'ape tag' })).toEqual(['/music/b.mp3']);
    expect(pathsOf({ text: 'rock elsewhere' })).toEqual([]);
  });

  it('keeps what warns, what is refused, or the files named, and all wishes together', () => {
    expect(pathsOf({ kind: 'warned' })).toEqual(['/music/b.mp3']);
    expect(pathsOf({ kind: 'refused' })).toEqual(['/music/c.mp3']);
    const only = new Set(['/music/c.mp3', '/music/d.mp3']);
    expect(pathsOf({ only })).toEqual(['/music/c.mp3', '/music/d.mp3']);
    expect(pathsOf({ only, text: 'pop' })).toEqual(['/music/d.mp3']);
  });

  it('shows what was refused in a run, when that is to be planned again', () => {
    const { setUnchecked, showRun, planAgain } = useWriteStore.getState();
    setUnchecked(['/music/c.mp3']);
    showRun(7);
    planAgain(['/music/c.mp3']);
    const { runId, unchecked, filter } = useWriteStore.getState();
    expect({ runId, unchecked: [...unchecked] }).toEqual({ runId: null, unchecked: [] });
    expect(pathsOf(filter)).toEqual(['/music/c.mp3']);
  });
});
