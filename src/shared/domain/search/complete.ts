import { isSearchField, SEARCH_FIELDS, type SearchField } from './search';
import { tokens, type Token } from './tokens';

/** What is being typed at a place of a search, and what a suggestion would take the place of. */
export interface Completing {
  /** The field whose value is being typed; null: a word, or the name of a field. */
  readonly field: SearchField | null;
  /** What there is of it so far, without quotes. */
  readonly typed: string;
  readonly from: number;
  readonly to: number;
}

/** What is being typed where the caret is; null where nothing can be suggested (a number, quoted words). */
export function completingAt(text: string, caret: number): Completing | null {
  const token = tokenAt(text, caret);
  if (!token || token.kind === 'or') {
    const from = token?.from ?? caret;
    return { field: null, typed: text.slice(from, caret), from, to: token?.to ?? caret };
  }
  if (token.kind === 'words') {
    const from = token.from + (token.not ? 1 : 0);
    return text[from] === '"' ? null : { field: null, typed: text.slice(from, caret), from, to: token.to };
  }
  const field = token.name.toLowerCase();
  if (!isSearchField(field) || token.operator !== ':') return null;
  if (caret < token.valueFrom)
    return { field: null, typed: token.name, from: token.from + (token.not ? 1 : 0), to: token.to };
  const typed = text.slice(token.valueFrom, caret).replace(/^"|"$/g, '');
  // Once a share is compared there is but a number to come.
  if (field === 'share' && /[<>=]/.test(typed)) return null;
  return { field, typed, from: token.valueFrom, to: token.to };
}

function tokenAt(text: string, caret: number): Token | undefined {
  for (const token of tokens(text)) if (token.from < caret && caret <= token.to) return token;
  return undefined;
}

/** Fields that begin with what was typed; all where that is nothing. */
export const fieldsLike = (typed: string): SearchField[] =>
  SEARCH_FIELDS.filter((field) => field.startsWith(typed.toLowerCase()));

/** A value as it must be written: in quotes where it has spaces or signs in it. */
export const quoted = (value: string): string =>
  /^[^\s"<>=-][^\s"<>=]*$/.test(value) && value.toLowerCase() !== 'or' ? value : `"${value.replaceAll('"', '')}"`;

/** The text with something in the place of what was being typed, and where the caret is then. */
export function withCompletion(
  text: string,
  { from, to }: Pick<Completing, 'from' | 'to'>,
  insert: string,
): { text: string; caret: number } {
  return {
    text: `${text.slice(0, from)}${insert}${text.slice(to).replace(/^ (?= |$)/, '')}`,
    caret: from + insert.length,
  };
}
