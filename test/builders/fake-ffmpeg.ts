import { writeFileSync } from 'node:fs';

/** What ffmpeg tells of a mono input before its first sample; for the body below. */
export const TELLS_MONO = `echo '[info]   Stream #0:0: Audio: pcm_f32le, 16000 Hz, mono, flt' >&2
echo '[info] Output #0, wav' >&2`;

/**
 * Writes a program that stands in for ffmpeg, and gives its path: it answers `-version`, and for a file does what `body` says in the
 * language of `sh`. GENREGRAM_FFMPEG and GENREGRAM_DECODER=ffmpeg have the analysis use it.
 */
export function writeFakeFfmpeg(path: string, body: string): string {
  const script = `#!/bin/sh
if [ "$1" = -version ]; then echo 'ffmpeg version fake'; exit 0; fi
${body}
`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}
