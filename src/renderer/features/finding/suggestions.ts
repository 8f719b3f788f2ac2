import type { SearchValue } from '#shared/contract/finding';
import { fieldsLike, quoted, type Completing } from '#shared/domain/search/complete';
import { EXAMPLES, isNumberField, type SearchField } from '#shared/domain/search/search';

/** One line of the list under the filter field. */
export interface Suggestion {
  readonly key: string;
  /** What is written into the search. */
  readonly insert: string;
  readonly label: string;
  /** For fields how it is used. */
  readonly example: string | null;
  readonly tracks: number | null;
}

/**
 * What could be meant at a place of a search.
 *
 * @param values of the field whose value is being typed, as far as they are known
 */
export function suggestionsFor(completing: Completing | null, values: readonly SearchValue[]): Suggestion[] {
  if (!completing) return [];
  const { field, typed } = completing;
  if (field === null) return fieldsLike(typed).map(fieldSuggestion);
  // What is written out already needs no suggestion.
  return values
    .filter(({ value }) => value !== typed)
    .map(({ value, tracks }) => ({
      key: `value ${value}`,
      insert: field === 'share' ? `${quoted(value)}>` : `${quoted(value)} `,
      label: value,
      example: null,
      tracks,
    }));
}

const fieldSuggestion = (field: SearchField): Suggestion => ({
  key: `field ${field}`,
  // The commonest comparison; another sign can be typed over it.
  insert: isNumberField(field) && field !== 'year' ? field : `${field}:`,
  label: field,
  example: EXAMPLES[field],
  tracks: null,
});
