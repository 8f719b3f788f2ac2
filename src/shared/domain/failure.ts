/**
 * Every expected failure carries one of these codes and a sentence that names the remedy.
 * The union is closed: a new way to fail gets a new code here, so that each reader is made to think of it.
 */
export const FAILURE_CODES = [
  // files and folders
  'not-found',
  'permission-denied',
  'read-failed',
  'empty-file',
  'unsupported-format',
  // decoding and analysis
  'decode-failed',
  'decode-timeout',
  'decoder-missing',
  'too-short',
  'too-long',
  'inference-invalid',
  'analysis-crashed',
  // models and providers
  'model-missing',
  'model-hash-mismatch',
  'model-invalid',
  'provider-unavailable',
  // the library file
  'library-newer',
  'library-locked',
  'library-corrupt',
  'migration-failed',
  // tags
  'tag-unparseable',
  'tag-unsupported',
  'file-changed',
  'file-read-only',
  'writing-off',
  'link-refused',
  'no-space',
  'path-too-long',
  'rename-refused',
  'write-failed',
  'half-written',
  'verify-failed',
  'undo-unavailable',
  // requests
  'invalid-input',
  'not-available',
  'busy',
  'cancelled',
  'disconnected',
  'internal',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

/** An expected failure as a value: what happened and what the user can do, in one or two sentences. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (code: FailureCode, message: string): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { code, message },
});

/** The throwable form of a `Failure`, for the places where a whole request ends. */
export class CodedError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
  }

  static from(failure: Failure): CodedError {
    return new CodedError(failure.code, failure.message);
  }
}

/** Turns anything thrown into a `Failure`; what is not a `CodedError` is a bug and becomes `internal`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CodedError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
