import { join } from 'node:path';
import type { ModelProblem } from '#shared/contract/schemas';
import type { FailureCode } from '#shared/domain/failure';

/** A model folder's value, or what is wrong with the folder. Fits `Result`. */
export type ModelResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ModelProblem };

/** What is known of the model when something is found to be wrong. */
interface Place {
  readonly dir: string;
  readonly id?: string | null;
  readonly field?: string;
}

export const modelProblem = (
  code: FailureCode,
  { dir, id = null, field }: Place,
  message: string,
): { readonly ok: false; readonly failure: ModelProblem } => ({
  ok: false,
  failure: { code, message, dir, id, field: field ?? null },
});

/** A field of the manifest is at fault. */
export const invalid = (
  place: Place & { readonly field: string },
  what: string,
): { readonly ok: false; readonly failure: ModelProblem } =>
  modelProblem(
    'model-invalid',
    place,
    `${join(place.dir, 'model.json')}: ${place.field}: ${what}; correct it or fetch the model again.`,
  );
