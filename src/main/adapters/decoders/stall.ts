import { CodedError } from '#shared/domain/failure';

/** No decoder is silent for so long on a healthy disk; a network share may wake up within it. */
export const STALL_MS = 60_000;

/** Waits for `work`, at most `limitMs`; then `decode-timeout`. The caller ends the work itself (in a `finally`). */
export async function withoutStall<T>(work: Promise<T>, limitMs: number = STALL_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new CodedError(
          'decode-timeout',
          `The decoder gave nothing for ${Math.round(limitMs / 1000)} s; check the drive or convert the file anew.`,
        ),
      );
    }, limitMs);
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    clearTimeout(timer);
  }
}

export const cancelled = (): CodedError => new CodedError('cancelled', 'The analysis was cancelled.');

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}
