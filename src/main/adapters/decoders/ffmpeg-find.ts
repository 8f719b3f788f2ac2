import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { posix, win32 } from 'node:path';

export interface FoundFfmpeg {
  readonly path: string;
  readonly version: string;
}

/** What was looked for and found. */
export interface FfmpegSearch {
  readonly found: FoundFfmpeg | null;
  /** Why the command that the user named is not the one in use, with the remedy; null if all is as they wished. */
  readonly problem: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Looks for a working ffmpeg: GENREGRAM_FFMPEG alone if it is set; else `chosen`, then PATH, then where installers put it.
 * @param chosen full path from the settings, null if there is none.
 */
export async function findFfmpeg(
  environment: Environment = process.env,
  chosen: string | null = null,
): Promise<FfmpegSearch> {
  const forced = environment['GENREGRAM_FFMPEG'];
  if (forced) {
    const found = await tried(forced);
    return {
      found,
      problem: found ? null : broken(forced, 'GENREGRAM_FFMPEG', 'set it to one that does, or unset it'),
    };
  }
  const wanted = chosen ? await tried(chosen) : null;
  const found = wanted ?? (await firstOf(candidates(environment)));
  if (!chosen || wanted) return { found, problem: null };
  const instead = found ? `; ${found.path} is used instead` : '';
  return { found, problem: broken(chosen, 'the settings', 'choose another one there, or none') + instead };
}

const broken = (path: string, where: string, remedy: string): string =>
  `${path}, named by ${where}, is no ffmpeg that works: ${remedy}`;

async function firstOf(paths: readonly string[]): Promise<FoundFfmpeg | null> {
  for (const path of paths) {
    const found = await tried(path);
    if (found) return found;
  }
  return null;
}

function candidates(environment: Environment): string[] {
  const path = process.platform === 'win32' ? win32 : posix;
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  // A relative folder on PATH would find a program beside whatever music the user is at.
  const onPath = (environment['PATH'] ?? environment['Path'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  const folders = [...onPath, ...usualPlaces(process.platform, environment)];
  return [...new Set(folders)].map((folder) => path.join(folder, name)).filter(isExecutable);
}

/** Where package managers put commands, whether or not the app was started with them on PATH (from a dock or menu it is not). */
export function usualPlaces(platform: NodeJS.Platform, environment: Environment): string[] {
  const under = (base: string | undefined, ...parts: string[]): string[] =>
    base ? [(platform === 'win32' ? win32 : posix).join(base, ...parts)] : [];
  const home = environment[platform === 'win32' ? 'USERPROFILE' : 'HOME'];
  if (platform === 'win32')
    return [
      ...under(environment['LOCALAPPDATA'], 'Microsoft', 'WinGet', 'Links'),
      ...under(environment['ProgramFiles'], 'WinGet', 'Links'),
      ...under(environment['SCOOP'], 'shims'),
      ...under(home, 'scoop', 'shims'),
      ...under(environment['ProgramData'], 'scoop', 'shims'),
      ...under(environment['ChocolateyInstall'], 'bin'),
      ...under(environment['ProgramData'], 'chocolatey', 'bin'),
      ...under(environment['ProgramFiles'], 'ffmpeg', 'bin'),
      'C:\\ffmpeg\\bin',
    ];
  const nix = under(home, '.nix-profile', 'bin');
  // Homebrew on Apple silicon and on Intel, MacPorts.
  if (platform === 'darwin') return ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin', ...nix];
  return [
    ...['/usr/bin', '/usr/local/bin', '/snap/bin', '/app/bin', '/var/lib/flatpak/exports/bin'],
    ...under(home, '.local', 'bin'),
    ...under(home, '.local', 'share', 'flatpak', 'exports', 'bin'),
    ...['/home/linuxbrew/.linuxbrew/bin', '/run/current-system/sw/bin'],
    ...nix,
  ];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function tried(path: string): Promise<FoundFfmpeg | null> {
  return new Promise((resolve) => {
    execFile(path, ['-version'], { timeout: 10_000, windowsHide: true }, (error, stdout) => {
      const match = /^ffmpeg version (\S+)/.exec(stdout);
      resolve(error || !match ? null : { path, version: match[1]! });
    });
  });
}
