import { watch as chokidar } from 'chokidar';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isPassing } from './batch';

/** Tells of paths to which something happened, until it is stopped. */
export interface Source {
  stop(): Promise<void>;
}

interface Listener {
  /** Something happened to this path. */
  readonly onChange: (path: string) => void;
  /** The folder is gone, or there again. */
  readonly onPresence: (isThere: boolean) => void;
  /** Events don't come any more (too many folders for the system, a drive that lets nobody listen): they have to be looked for. */
  readonly onFault: (message: string) => void;
}

/** How often a missing folder is looked for, in milliseconds. */
const LOOK_AGAIN_MS = 5000;

/** The system's own events, and a look now and then whether the folder is there at all. */
export function watchEvents(folder: string, { onChange, onPresence, onFault }: Listener): Source {
  let watcher: ReturnType<typeof chokidar> | null = null;
  let isStopped = false;

  const start = (): void => {
    watcher = chokidar(folder, {
      ignoreInitial: true,
      ignored: (path) => path !== folder && isPassing(path),
      ignorePermissionErrors: true,
    });
    watcher.on('all', (_, path) => onChange(path));
    watcher.on('error', (error) => onFault(error instanceof Error ? error.message : String(error)));
  };
  const end = async (): Promise<void> => {
    const open = watcher;
    watcher = null;
    await open?.close();
  };

  start();
  let isThere = true;
  const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
  // A watcher whose folder went away hears nothing of the one that comes in its place.
  async function look(): Promise<void> {
    const found = await isFolder(folder);
    if (found === isThere || isStopped) return;
    isThere = found;
    if (found) start();
    else await end();
    onPresence(found);
  }
  return {
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await end();
    },
  };
}

/** Looks the folder through again and again. */
export function watchByPolling(folder: string, everyMs: number, { onChange, onPresence }: Listener): Source {
  const ending = new AbortController();
  let isThere = true;
  const running = (async () => {
    let before = await snapshot(folder, ending.signal);
    while (await pause(everyMs, ending.signal)) {
      const found = await isFolder(folder);
      if (found !== isThere) onPresence(found);
      isThere = found;
      if (!found) continue;
      const now = await snapshot(folder, ending.signal);
      if (ending.signal.aborted) return;
      for (const [path, state] of now) if (before.get(path) !== state) onChange(path);
      for (const path of before.keys()) if (!now.has(path)) onChange(path);
      before = now;
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

/** Size and time of every file; folders that can't be read are passed over, and what was in them is as though it were gone. */
async function snapshot(folder: string, signal: AbortSignal): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined && !signal.aborted; next = folders.pop())
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      if (isPassing(path)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) {
        const found = await stat(path).catch(() => null);
        if (found) files.set(path, `${found.size} ${found.mtimeMs}`);
      }
    }
  return files;
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** @returns false where it was ended before its time */
export function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
