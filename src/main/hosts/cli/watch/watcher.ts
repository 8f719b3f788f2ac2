import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CodedError } from '#shared/domain/failure';
import { placesOf } from './batch';
import { remoteKind } from './remote';
import { Settling, type Look } from './settling';
import { isFolder, pause, watchByPolling, watchEvents, type Source } from './sources';

export interface WatchRequest {
  /** Folders, absolute and true, none inside of another. */
  readonly roots: readonly string[];
  /** How often to look for changes; null: the system tells of them, where it does. */
  readonly pollSeconds: number | null;
  readonly settleSeconds: number;
  /** Ends it all. */
  readonly signal: AbortSignal;
  readonly note: (message: string) => void;
  /** Does what has to be done about the paths. @returns files that it wrote; null where it has to be tried again later */
  readonly work: (paths: readonly string[]) => Promise<readonly string[] | null>;
}

/** Where no events come. */
const POLL_SECONDS = 60;
/** How often settled paths are looked for, and how long a library in use is left alone. */
const TICK_MS = 500;
const TRY_AGAIN_MS = 15_000;

const look: Look = async (path) => {
  const found = await stat(path).catch(() => null);
  // A folder's own size and time change with its files, of which each is told of.
  return found && { size: found.isFile() ? found.size : 0, mtimeMs: found.isFile() ? found.mtimeMs : 0 };
};

/**
 * Works on the folders once, then on whatever changes in them, a batch at a time. Resolves when the signal ends it; what runs then is
 * broken off and goes on the next time.
 */
export async function createWatcher(request: WatchRequest): Promise<void> {
  const { roots, signal, note, settleSeconds } = request;
  const settling = new Settling(look, settleSeconds * 1000);
  const sources = new Map<string, Source>();
  for (const root of roots)
    sources.set(root, await sourceOf(root, request, settling, (next) => sources.set(root, next)));
  note(`Watching ${roots.join(', ')}. Ctrl+C ends it.`);
  try {
    let todo: readonly string[] = roots;
    for (;;) {
      if (todo.length > 0 && !(await workOnce(request, settling, todo))) {
        await pause(TRY_AGAIN_MS, signal);
        if (signal.aborted) return;
        continue;
      }
      if (!(await pause(TICK_MS, signal))) return;
      const due = await settling.due(Date.now());
      const present = await Promise.all(roots.map(isFolder));
      // What lay on a drive that is away is not gone.
      todo = placesOf(
        due,
        roots.filter((_, i) => present[i]),
        existsSync,
      );
    }
  } finally {
    for (const source of sources.values()) await source.stop();
  }
}

/** @returns false where it has to be tried again */
async function workOnce(
  { work, signal, note }: WatchRequest,
  settling: Settling,
  paths: readonly string[],
): Promise<boolean> {
  try {
    const written = await work(paths);
    if (written === null) {
      note('The library is in use by another Genregram. It is tried again until that is closed.');
      return false;
    }
    await settling.wrote(written);
    return true;
  } catch (error) {
    if (signal.aborted) return true;
    // A drive that went away meanwhile, a file that is locked: the next change finds all as it then is.
    if (error instanceof CodedError && error.code !== 'internal' && error.code !== 'writing-off') {
      note(error.message);
      return true;
    }
    throw error;
  }
}

async function sourceOf(
  root: string,
  { pollSeconds, note }: WatchRequest,
  settling: Settling,
  replace: (source: Source) => void,
): Promise<Source> {
  const onChange = (path: string): void => void settling.note(path, Date.now());
  const onPresence = (isThere: boolean): void => {
    note(isThere ? `${root} is there again.` : `${root} can't be found. It is waited for; its tracks are kept.`);
    if (isThere) onChange(root);
  };
  const poll = (seconds: number): Source =>
    watchByPolling(root, seconds * 1000, { onChange, onPresence, onFault: () => undefined });
  const remote = pollSeconds === null ? await remoteKind(root) : null;
  if (remote !== null) note(`${root} is on a network drive (${remote}): it is looked through every ${POLL_SECONDS} s.`);
  if (pollSeconds !== null || remote !== null) return poll(pollSeconds ?? POLL_SECONDS);
  let isFaulty = false;
  const events = watchEvents(root, {
    onChange,
    onPresence,
    onFault: (message) => {
      if (isFaulty) return;
      isFaulty = true;
      note(
        `The system does not tell of changes in ${root} (${message}): it is looked through every ${POLL_SECONDS} s.`,
      );
      void events.stop();
      replace(poll(POLL_SECONDS));
    },
  });
  return events;
}
