import type { Operator } from './numbers';
import { isSearchField } from './search';

interface Place {
  /** From the first character of the token to after its last, a `-` included. */
  readonly from: number;
  readonly to: number;
}

export interface FieldToken extends Place {
  readonly kind: 'field';
  readonly not: boolean;
  /** As it was typed; perhaps no field at all. */
  readonly name: string;
  readonly operator: Operator;
  /** Without its quotes. */
  readonly value: string;
  /** Where the value begins, its quotes included. */
  readonly valueFrom: number;
}

export interface WordsToken extends Place {
  readonly kind: 'words';
  readonly not: boolean;
  readonly text: string;
}

export type Token = FieldToken | WordsToken | ({ readonly kind: 'or' } & Place);

const SPACE = /\s*/y;
/** Before a comparison there may be spaces; a colon stands right after its field. */
const HEAD = /(\p{L}[\p{L}\p{N}_-]*?)(:(?:<=|>=|<|>|=)?|\s*(?:<=|>=|<|>|=)\s*)/uy;
const QUOTED = /"([^"]*)"?/y;
const BARE = /[^\s"]+/y;
/** A label in quotes or bare, and the comparison after it, with spaces as one likes. */
const SHARE = /(?:"([^"]*)"?|([^\s<>="]*))(\s*(?:<=|>=|<|>|=)\s*[^\s"]*)?/y;

/** The terms of a search one after the other, read no further than where they begin and end. A quote left open lasts to the end. */
export function* tokens(text: string): Generator<Token> {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match;
  };

  /** One value, in quotes or up to the next space. */
  const takeValue = (): string => {
    const quoted = take(QUOTED);
    return quoted ? (quoted[1] ?? '') : (take(BARE)?.[0] ?? '');
  };

  const takeField = (from: number, not: boolean): FieldToken | null => {
    const start = at;
    const head = take(HEAD);
    const name = head?.[1] ?? '';
    const sign = (head?.[2] ?? '').trim();
    // What has a colon means a field; "a<b" of what is no field are words.
    if (!head || (!sign.startsWith(':') && !isSearchField(name.toLowerCase()))) {
      at = start;
      return null;
    }
    const operator = (sign.length > 1 && sign.startsWith(':') ? sign.slice(1) : sign) as Operator;
    const valueFrom = at;
    if (name.toLowerCase() !== 'share' || operator !== ':')
      return { kind: 'field', from, not, name, operator, value: takeValue(), valueFrom, to: at };
    const share = take(SHARE);
    const value = `${share?.[1] ?? share?.[2] ?? ''}${share?.[3] ?? ''}`;
    return { kind: 'field', from, not, name, operator, value, valueFrom, to: at };
  };

  for (;;) {
    take(SPACE);
    if (at >= text.length) return;
    const from = at;
    const not = text[at] === '-' && /\S/.test(text[at + 1] ?? ' ');
    if (not) at++;
    const quoted = text[at] === '"';
    const field = quoted ? null : takeField(from, not);
    if (field) {
      yield field;
      continue;
    }
    const value = takeValue();
    if (!not && !quoted && value.toLowerCase() === 'or') yield { kind: 'or', from, to: at };
    else yield { kind: 'words', from, not, text: value, to: at };
  }
}
