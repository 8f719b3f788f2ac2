import { randomBytes } from 'node:crypto';
import type { Handlers, MethodOutput } from '#shared/contract/methods';
import type { TrackRow, WriteRun } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import type { FakeLibrary } from './fake-backend';

type Planned = MethodOutput<'write.plan'>['files'][number];
type Result = MethodOutput<'write.results'>[number];

const NAMES = {
  mp3: { genre: ['TCON', 'ID3v1 genre'], mood: ['TMOO', 'TXXX:MOOD'] },
  flac: { genre: ['GENRE'], mood: ['MOOD'] },
};

function planFor(row: TrackRow, mode: 'replace' | 'add' | 'fill'): Planned {
  const kind = row.fileName.endsWith('.flac') ? 'flac' : 'mp3';
  if (row.id % 23 === 0)
    return {
      path: row.path,
      status: 'refused',
      code: 'file-read-only',
      message: 'The file is read-only. Make it writable and plan again.',
    };
  const meet = (own: readonly string[], wanted: readonly string[]): readonly string[] => {
    if (wanted.length === 0 || (mode === 'fill' && own.length > 0)) return own;
    return mode === 'add' ? [...new Set([...own, ...wanted])] : wanted;
  };
  const diffs = (['genre', 'mood'] as const)
    .map((field) => {
      const before = field === 'genre' ? row.ownGenres : row.ownMoods;
      const wanted = (field === 'genre' ? row.decision?.genres : row.decision?.moods) ?? [];
      return { field, names: NAMES[kind][field], before, after: meet(before, wanted) };
    })
    .filter((diff) => JSON.stringify(diff.before) !== JSON.stringify(diff.after));
  return {
    path: row.path,
    status: diffs.length > 0 ? 'ready' : 'unchanged',
    format: kind === 'flac' ? 'FLAC' : 'ID3v2.3',
    stamp: { size: 5_120_000, mtimeNs: '1700000000000000000', inode: String(row.id) },
    change: { genres: row.decision?.genres ?? [], moods: row.decision?.moods ?? [], mode },
    writing: { joinV23: '; ', keepMtime: true, method: 'new-file', target: null },
    diffs,
    warnings: row.id % 11 === 0 ? ['ID3v1 has one genre only: the first is written there.'] : [],
  };
}

/** Planning, writing and undoing, as far as the window can see them; no file is there. */
export function writeHandlers(
  library: FakeLibrary,
): Pick<Handlers, 'write.plan' | 'write.planFiles' | 'write.apply' | 'write.results' | 'write.history' | 'write.undo'> {
  const plans = new Map<string, readonly Planned[]>();
  const runs: (WriteRun & { results: Result[]; before: Map<number, TrackRow> })[] = [];

  const keep = (files: Planned[]): { planId: string; files: Planned[] } => {
    const planId = `plan-${plans.size + 1}`;
    plans.set(planId, files);
    return { planId, files };
  };

  return {
    'write.plan': ({ trackIds, mode }) => {
      const rows = library.rows.filter((row) => row.state === 'decided' && (!trackIds || trackIds.includes(row.id)));
      return keep(rows.map((row) => planFor(row, mode)));
    },
    'write.planFiles': () => keep([]),
    'write.apply': ({ planId, paths }) => {
      const plan = plans.get(planId);
      if (!plan) throw new CodedError('not-found', 'There is no such plan any more. Plan again.');
      const files = plan.filter((file) => file.status === 'ready' && (!paths || paths.includes(file.path)));
      const run = {
        id: runs.length + 1,
        startedAt: Date.now(),
        files: files.length,
        written: 0,
        refused: 0,
        undone: 0,
        state: 'running' as WriteRun['state'],
        results: [] as Result[],
        before: new Map<number, TrackRow>(),
      };
      runs.unshift(run);
      const jobId = library.runJob({
        kind: 'write',
        total: files.length,
        perTick: Math.max(1, Math.ceil(files.length / 10)),
        step: (index) => {
          const file = files[index];
          const row = library.rows.find((each) => each.path === file?.path);
          if (file?.status !== 'ready' || !row) return;
          run.before.set(row.id, row);
          library.replace({
            ...row,
            state: 'written',
            ownGenres: file.diffs.find((diff) => diff.field === 'genre')?.after ?? row.ownGenres,
            ownMoods: file.diffs.find((diff) => diff.field === 'mood')?.after ?? row.ownMoods,
            disagrees: false,
          });
          run.written++;
          run.results.push({
            path: file.path,
            status: 'written',
            diffs: file.diffs,
            receipt: {
              sizeBefore: 5_120_000,
              sizeAfter: 5_120_000,
              hashBefore: randomBytes(32).toString('hex'),
              hashAfter: randomBytes(32).toString('hex'),
              audioHash: randomBytes(32).toString('hex'),
            },
          });
        },
        end: () => {
          run.state = 'done';
        },
      });
      return { jobId, runId: run.id };
    },
    'write.results': ({ runId }) => runs.find((run) => run.id === runId)?.results ?? [],
    'write.history': () =>
      runs.map(({ id, startedAt, files, written, refused, undone, state }) => ({
        id,
        startedAt,
        files,
        written,
        refused,
        undone,
        state,
      })),
    'write.undo': ({ runId }) => {
      const run = runs.find((each) => (runId === undefined ? each.state === 'done' : each.id === runId));
      if (!run) throw new CodedError('undo-unavailable', 'There is no write to undo.');
      for (const row of run.before.values()) library.replace(row);
      run.undone = run.written;
      run.state = 'undone';
      library.changed();
      return { runId: run.id, results: run.results.map(({ path }) => ({ path, status: 'restored' as const })) };
    },
  };
}
