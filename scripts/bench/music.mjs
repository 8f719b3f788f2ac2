import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build.mjs';

const made = join(tmpdir(), 'genregram-bench');

function make(name, seconds, seed, options) {
  const file = join(made, name);
  mkdirSync(made, { recursive: true });
  if (existsSync(file)) return file;
  // Noise that swells: as costly to decode as dense music.
  const source = `anoisesrc=d=${seconds}:c=pink:seed=${seed}:r=44100,tremolo=f=2:d=0.8,aformat=channel_layouts=stereo`;
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...options, file]);
  return file;
}

/** The real music beside the repository, or sound made by ffmpeg where that is absent. */
export function findMusic() {
  const songs = join(root, '..', 'shared', 'data', 'songs');
  if (existsSync(songs)) {
    const files = readdirSync(songs, { recursive: true }).filter((name) => /\.(mp3|ogg|m4a)$/.test(name));
    return {
      what: `${files.length} real songs and sounds (MP3, Ogg Vorbis, AAC)`,
      files: files.map((name) => join(songs, name)),
    };
  }
  const files = Array.from({ length: 8 }, (_, i) => make(`noise-${i}.mp3`, 120, i, ['-b:a', '192k']));
  return { what: '8 files of 120 s of noise (MP3)', files };
}

/** Tracks of four minutes, as most are: one of each common format. */
export const fourMinutes = () =>
  [
    ['mp3', ['-b:a', '192k']],
    ['flac', []],
    ['ogg', ['-c:a', 'libvorbis', '-q:a', '5']],
    ['opus', ['-c:a', 'libopus', '-b:a', '128k']],
    ['m4a', ['-c:a', 'aac', '-b:a', '160k']],
    ['wav', []],
  ].map(([suffix, options], i) => make(`four-minutes.${suffix}`, 240, 100 + i, options));
