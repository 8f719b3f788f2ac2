import { resolve } from 'node:path';
import type { JobFailure } from '#shared/contract/schemas';
import { CodedError, toFailure } from '#shared/domain/failure';
import { isUnder, type RootRow } from '../store';
import type { Context } from './context';
import { isFolder, locate } from './paths';
import type { ScanTarget } from './stages/find-files';

export interface ScanScope {
  readonly targets: ScanTarget[];
  /** Named paths that can't be looked at. */
  readonly failures: readonly JobFailure[];
}

/**
 * What a scan has to look at: the folders of the library (all, or those named by id) with the single files kept beside
 * them, or the paths given.
 */
export async function scanTargets(
  context: Context,
  rootIds: readonly number[] | undefined,
  paths: readonly string[] | undefined,
): Promise<ScanScope> {
  if (paths) return targetsOfPaths(context, paths);
  const { store } = context;
  const roots = store.roots.list().filter((root) => !rootIds || rootIds.includes(root.id));
  const files = rootIds ? [] : store.tracks.withoutRoot().filter(({ path }) => context.confinement.covers(path));
  const targets: ScanTarget[] = files.map(({ path }) => ({ kind: 'file', path, rootId: null }));
  for (const root of roots)
    if (await isThere(context, root)) targets.push({ kind: 'folder', path: root.path, rootId: root.id });
  return { targets, failures: [] };
}

async function isThere({ events, confinement }: Context, root: RootRow): Promise<boolean> {
  const refusal = await confinement.refusal(root.path);
  if (!refusal && (await isFolder(root.path))) return true;
  if (refusal) {
    events.emit('notice', { level: 'warning', message: refusal.message });
    return false;
  }
  events.emit('notice', {
    level: 'warning',
    message: `${root.path} can't be found. Its ${root.tracks} tracks are kept; connect its drive and scan again, or remove the folder.`,
  });
  return false;
}

async function targetsOfPaths(context: Context, paths: readonly string[]): Promise<ScanScope> {
  const { store } = context;
  const targets: ScanTarget[] = [];
  const failures: JobFailure[] = [];
  for (const given of paths.map((path) => resolve(path))) {
    try {
      targets.push(await targetOf(context, given));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      failures.push({ path: given, ...toFailure(error) });
    }
  }
  if (targets.length === 0 && failures[0]) throw CodedError.from(failures[0]);
  const inner = (a: ScanTarget) =>
    targets.some((b) => b !== a && b.path !== a.path && b.kind === 'folder' && isUnder(a.path, b.path));
  const distinct = new Map(targets.filter((target) => !inner(target)).map((target) => [target.path, target]));
  const rootOf = (path: string) => store.roots.list().find((root) => isUnder(path, root.path))?.id ?? null;
  return { targets: [...distinct.values()].map((t) => ({ ...t, rootId: rootOf(t.path) })), failures };
}

/** A folder in no folder of the library becomes one. */
async function targetOf({ store }: Context, given: string): Promise<ScanTarget> {
  const { path, isFolder } = await locate(given);
  const root = store.roots.list().find((one) => isUnder(path, one.path));
  if (!isFolder) return { kind: 'file', path, rootId: root?.id ?? null };
  return { kind: 'folder', path, rootId: root?.id ?? store.roots.add(path, Date.now()).id };
}
