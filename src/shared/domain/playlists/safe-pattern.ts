/** Longer ones are refused. */
export const MOST_PATTERN = 200;
/** So much of a text is looked at. */
export const MOST_SUBJECT = 1000;
/** Repetitions without an end that one pattern may have. */
const MOST_ENDLESS = 4;

/**
 * A regular expression of a rule, case ignored. Text and pattern are composed first (Unicode NFC), so that they compare however a file
 * system spells its accents.
 *
 * Refused is what may take exponential time: a repetition of something that itself repeats or has alternatives, and references back. What is
 * left is polynomial at worst; whoever tests many texts sets a limit of time besides.
 *
 * @returns the expression, or why it is refused, as a sentence that names the remedy
 */
export function readPattern(source: string): { readonly pattern: RegExp } | { readonly problem: string } {
  if (source.length > MOST_PATTERN)
    return { problem: `The pattern has more than ${MOST_PATTERN} characters; shorten it.` };
  let pattern: RegExp;
  try {
    pattern = new RegExp(source.normalize('NFC'), 'iu');
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^Invalid regular expression: (\/.*\/\w*: )?/, '') : '';
    return { problem: `“${source}” is no regular expression (${why}); correct it, or choose “contains”.` };
  }
  const problem = whySlow(source);
  return problem === null ? { pattern } : { problem };
}

export const matchesPattern = (pattern: RegExp, text: string): boolean =>
  pattern.test(text.slice(0, MOST_SUBJECT).normalize('NFC'));

interface Group {
  /** Something in it repeats, or it has alternatives. */
  branches: boolean;
}

/** Walks a pattern that is known to be well formed. */
function whySlow(source: string): string | null {
  const groups: Group[] = [{ branches: false }];
  let closed: Group | null = null;
  let endless = 0;
  for (let at = 0; at < source.length; at++) {
    const quantifier = QUANTIFIER.exec(source.slice(at))?.[0];
    const char = source[at]!;
    if (quantifier !== undefined) {
      if (repeatsOften(quantifier)) {
        if (closed?.branches)
          return 'The pattern repeats a group that itself repeats or has alternatives, which may take for ever; write it without the outer repetition.';
        if (isEndless(quantifier)) endless++;
      }
      groups.at(-1)!.branches = true;
      closed = null;
      at += quantifier.length - 1;
      continue;
    }
    closed = null;
    if (char === '\\') {
      if (/^\\([1-9]|k<)/.test(source.slice(at)))
        return 'The pattern refers back to a group; write out what is to be found.';
      at++;
    } else if (char === '[') at = endOfClass(source, at);
    else if (char === '(') {
      groups.push({ branches: false });
      at += OPENING.exec(source.slice(at))![0].length - 1;
    } else if (char === '|') groups.at(-1)!.branches = true;
    else if (char === ')' && groups.length > 1) {
      closed = groups.pop()!;
      if (closed.branches) groups.at(-1)!.branches = true;
    }
  }
  if (endless > MOST_ENDLESS)
    return `The pattern has more than ${MOST_ENDLESS} repetitions without an end (* and +); join some of them, or use several conditions.`;
  return null;
}

/** Lazy or not. */
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;

/** What begins a group. */
const OPENING = /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/;

const isEndless = (quantifier: string): boolean => /^[*+]|,\}/.test(quantifier);

function repeatsOften(quantifier: string): boolean {
  if (isEndless(quantifier)) return true;
  return Math.max(...(quantifier.match(/\d+/g) ?? []).map(Number)) > 10;
}

function endOfClass(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === ']') return at;
  }
  return source.length;
}
