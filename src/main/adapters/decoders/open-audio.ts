import { open } from 'node:fs/promises';
import { CodedError, type FailureCode } from '#shared/domain/failure';
import type { AudioKind, DecodedAudio } from '../../ports';
import type { DecoderSet } from './index';
import { fileBytes } from '../files/file-bytes';
import { cutOffWarning } from './cut-off';
import { limited } from './length-limit';
import { sniffFile } from './sniff';
import { throwIfAborted } from './stall';

export interface OpenAudio {
  readonly decoder: string;
  readonly audio: DecodedAudio;
}

/** Looks at the content, chooses the decoder and starts it. Throws a `CodedError` for all that is wrong with the file. */
export async function openAudio(path: string, decoders: DecoderSet, signal: AbortSignal): Promise<OpenAudio> {
  const kind = await sniffPath(path);
  throwIfAborted(signal);
  const { maxMinutes } = decoders;
  const { decoder, audio } = await openFirst(decoders, path, kind, signal);
  const noted = withWarning(audio, await cutOffWarning(path, kind));
  return { decoder, audio: maxMinutes === null ? noted : limited(noted, maxMinutes) };
}

/** The same audio, with a warning more. */
function withWarning(audio: DecodedAudio, warning: string | null): DecodedAudio {
  if (warning === null) return audio;
  const { sampleRate, chunks } = audio;
  return {
    sampleRate,
    chunks,
    get declaredSec() {
      return audio.declaredSec;
    },
    get warnings() {
      return [...audio.warnings, warning];
    },
  };
}

/** What another decoder may still make something of. */
const TRY_ANOTHER: ReadonlySet<FailureCode> = new Set<FailureCode>(['unsupported-format', 'decode-failed']);

/** By the first decoder that can open the file; the last one's failure if none can. */
async function openFirst(decoders: DecoderSet, path: string, kind: AudioKind, signal: AbortSignal): Promise<OpenAudio> {
  const choice = decoders.choose(kind);
  if (!choice.ok) throw CodedError.from(choice.failure);
  const untried = [...choice.value];
  for (;;) {
    const decoder = untried.shift()!;
    const audio = await decoder.open(path, kind, signal);
    if (audio.ok) return { decoder: decoder.name, audio: audio.value };
    if (!TRY_ANOTHER.has(audio.failure.code) || untried.length === 0) throw CodedError.from(audio.failure);
  }
}

/** What a file's content is. Throws a `CodedError` where it can't be read. */
export async function sniffPath(path: string): Promise<AudioKind> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new CodedError('read-failed', 'This is no file; choose the files inside it.');
      return await sniffFile(fileBytes(file, stat.size));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(error);
  }
}

const SYSTEM_ERRORS: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ENOENT: ['not-found', 'The file is not there any more; scan its folder again.'],
  EACCES: ['permission-denied', 'The file may not be read; change its permissions.'],
  EPERM: ['permission-denied', 'The file may not be read; change its permissions.'],
};

/** Turns an error of the file system into a `CodedError`; others pass. */
export function fileError(error: unknown): unknown {
  if (error instanceof CodedError || !(error instanceof Error) || !('code' in error)) return error;
  const known = SYSTEM_ERRORS[String(error.code)];
  if (known) return new CodedError(known[0], known[1], { cause: error });
  return new CodedError('read-failed', `The file can't be read (${String(error.code)}); check the drive.`, {
    cause: error,
  });
}
