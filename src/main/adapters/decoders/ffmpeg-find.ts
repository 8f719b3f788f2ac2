import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface FoundFfmpeg {
  readonly path: string;
  readonly version: string;
}

const COMMON_PLACES = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/snap/bin', 'C:\\ffmpeg\\bin'];

/** Looks for a working ffmpeg: GENREGRAM_FFMPEG alone if it is set, else PATH and the usual places. Null if there is none. */
export async function findFfmpeg(environment: NodeJS.ProcessEnv = process.env): Promise<FoundFfmpeg | null> {
  for (const path of candidates(environment)) {
    const version = await ffmpegVersion(path);
    if (version !== null) return { path, version };
  }
  return null;
}

function candidates(environment: NodeJS.ProcessEnv): string[] {
  const chosen = environment['GENREGRAM_FFMPEG'];
  if (chosen) return [chosen];
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = [...(environment['PATH'] ?? '').split(delimiter), ...COMMON_PLACES].filter((folder) => folder !== '');
  return [...new Set(folders)].map((folder) => join(folder, name)).filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function ffmpegVersion(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(path, ['-version'], { timeout: 10_000, windowsHide: true }, (error, stdout) => {
      const match = /^ffmpeg version (\S+)/.exec(stdout);
      resolve(error || !match ? null : match[1]!);
    });
  });
}
