import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Song {
  readonly file: string;
  readonly title: string;
  readonly genre?: string;
  /** An ffmpeg source that gives some sound of its own. */
  readonly sound: string;
}

const SECONDS = 7;

/** Tracks by title, in the order in which a list sorted by path shows them. */
export const SONGS: readonly Song[] = [
  { file: '01.mp3', title: 'First Light', genre: 'Other', sound: 'sine=f=220' },
  { file: '02.mp3', title: 'Second Wind', sound: 'anoisesrc=c=pink:a=0.4:seed=2' },
  { file: '03.flac', title: 'Third Rail', genre: 'Unknown', sound: 'sine=f=880:b=4' },
  { file: '04.mp3', title: 'Fourth Wall', genre: 'Other', sound: 'anoisesrc=c=brown:a=0.6:seed=4' },
];

/** Files that can't be read as music; each must be listed with the reason. */
export const BROKEN = ['05 text.mp3', '06 empty.flac'] as const;

/** Makes a folder of short, tagged MP3 and FLAC files and two broken ones. Needs ffmpeg. */
export function makeMusic(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { file, title, genre, sound } of SONGS) {
    const tags = ['-metadata', `title=${title}`, '-metadata', 'artist=The Builders', '-metadata', 'album=Test Signals'];
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', sound, '-t', String(SECONDS), '-ac', '2'],
      ...tags,
      ...(genre === undefined ? [] : ['-metadata', `genre=${genre}`]),
      join(folder, file),
    ]);
  }
  writeFileSync(join(folder, BROKEN[0]), 'Dear diary, this is no music at all.\n'.repeat(60));
  writeFileSync(join(folder, BROKEN[1]), '');
}

/** Every file of a folder with its bytes, to compare later. */
export const bytesOf = (folder: string): Map<string, string> =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
