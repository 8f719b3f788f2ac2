import { randomBytes } from 'node:crypto';
import type { Handlers, MethodOutput } from '#shared/contract/methods';
import type { RunFile, TrackRow, WriteRun } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import type { FakeLibrary } from './fake-backend';

type Planned = MethodOutput<'write.plan'>['files'][number];
type Names =
  | 'write.plan'
  | 'write.planFiles'
  | 'write.planCleaning'
  | 'write.apply'
  | 'write.results'
  | 'write.history'
  | 'write.undoable'
  | 'write.undo';

interface Run extends WriteRun {
  readonly results: RunFile[];
  /** What each written track was before, by path. */
  readonly before: Map<string, TrackRow>;
}

const RECEIPT = () => ({
  sizeBefore: 5_120_000,
  sizeAfter: 5_120_000,
  hashBefore: randomBytes(32).toString('hex'),
  hashAfter: randomBytes(32).toString('hex'),
  audioHash: randomBytes(32).toString('hex'),
});

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
  cleaned: (genres: readonly string[]) => readonly string[],
): Pick<Handlers, Names> {
  const plans = new Map<string, readonly Planned[]>();
  const runs: Run[] = [];

  const keep = (files: Planned[]): { planId: string; files: Planned[] } => {
    const planId = `plan-${plans.size + 1}`;
    plans.set(planId, files);
    return { planId, files };
  };
  const rowAt = (path: string): TrackRow | undefined => library.rows.find((row) => row.path === path);

  function begin(kind: Run['kind'], undoes: number | null, total: number, step: (run: Run, index: number) => void) {
    const run: Run = {
      ...{ id: runs.length + 1, kind, undoes, startedAt: Date.now(), files: total, written: 0, refused: 0, undone: 0 },
      ...{ notReached: total, state: 'running', note: null, results: [], before: new Map<string, TrackRow>() },
    };
    runs.unshift(run);
    const jobId = library.runJob({
      kind,
      total,
      perTick: Math.max(1, Math.ceil(total / 10)),
      step: (index) => {
        step(run, index);
        run.notReached--;
      },
      end: () => {
        run.state = run.notReached > 0 ? 'cancelled' : 'done';
      },
    });
    return { jobId, runId: run.id };
  }

  function writeOne(run: Run, file: Planned | undefined): void {
    const row = file && rowAt(file.path);
    if (file?.status !== 'ready' || !row) return;
    run.before.set(row.path, row);
    library.replace({
      ...row,
      state: 'written',
      ownGenres: file.diffs.find((diff) => diff.field === 'genre')?.after ?? row.ownGenres,
      ownMoods: file.diffs.find((diff) => diff.field === 'mood')?.after ?? row.ownMoods,
      disagrees: false,
    });
    run.written++;
    const { path, diffs } = file;
    run.results.push({ path, status: 'written', diffs, receipt: RECEIPT(), undone: false, undo: null });
  }

  function undoOne(run: Run, from: Run, file: RunFile | undefined): void {
    const before = file && from.before.get(file.path);
    const now = file && rowAt(file.path);
    if (file?.status !== 'written' || file.undone || !before || !now) return;
    run.before.set(file.path, now);
    library.replace(before);
    from.undone++;
    if (from.undone === from.written) from.state = 'undone';
    else from.state = 'partly-undone';
    from.results[from.results.indexOf(file)] = { ...file, undone: true };
    run.written++;
    const diffs = file.diffs.map((diff) => ({ ...diff, before: diff.after, after: diff.before }));
    const undo = { exact: true, left: [] };
    run.results.push({ path: file.path, status: 'written', diffs, receipt: RECEIPT(), undone: false, undo });
  }

  return {
    'write.plan': ({ trackIds, mode }) => {
      const rows = library.rows.filter(
        (row) => row.state === 'decided' && (trackIds ? trackIds.includes(row.id) : !row.lookAgain),
      );
      const quick = rows.filter((row) => row.quick && row.decision?.action === 'accept').map(({ path }) => path);
      return { ...keep(rows.map((row) => planFor(row, mode))), quick };
    },
    'write.planFiles': () => keep([]),
    'write.planCleaning': () => {
      const dirty = library.rows.filter((row) => cleaned(row.ownGenres).join() !== row.ownGenres.join());
      const files = dirty.map((row): Planned => {
        const genres = [...cleaned(row.ownGenres)];
        const plan = planFor({ ...row, decision: { action: 'change', genres, moods: [], decidedAt: 0 } }, 'replace');
        if (plan.status === 'refused') return plan;
        const names = plan.format === 'FLAC' ? NAMES.flac.genre : NAMES.mp3.genre;
        const diffs = [{ field: 'genre', names, before: row.ownGenres, after: genres }];
        return { ...plan, status: 'ready', diffs };
      });
      return { ...keep(files), clean: library.rows.length - dirty.length };
    },
    'write.apply': ({ planId, paths }) => {
      const plan = plans.get(planId);
      if (!plan) throw new CodedError('not-found', 'There is no such plan any more. Plan again.');
      const files = plan.filter((file) => file.status === 'ready' && (!paths || paths.includes(file.path)));
      return begin('write', null, files.length, (run, index) => {
        writeOne(run, files[index]);
      });
    },
    'write.results': ({ runId }) => runs.find((run) => run.id === runId)?.results ?? [],
    'write.history': () => runs,
    'write.undoable': () => ({
      files: runs.filter((run) => run.kind === 'write').reduce((sum, run) => sum + run.written - run.undone, 0),
    }),
    'write.undo': ({ runId, paths, all }) => {
      const from = runs.filter((run) => (all ? run.kind === 'write' : run.id === (runId ?? runs[0]?.id)));
      const files = from.flatMap((run) => run.results.map((file) => ({ run, file })));
      const chosen = files.filter(({ file }) => !paths || paths.includes(file.path));
      if (chosen.length === 0) throw new CodedError('undo-unavailable', 'There is no write to undo.');
      return begin('undo', all ? null : (from[0]?.id ?? null), chosen.length, (run, index) => {
        const each = chosen[index];
        if (each) undoOne(run, each.run, each.file);
      });
    },
  };
}
