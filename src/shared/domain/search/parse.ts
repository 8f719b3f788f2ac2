import { foldText } from '../text';
import { foldLabel } from '../vocabulary';
import { readInterval, SCALES, type Operator } from './numbers';
import {
  EXAMPLES,
  isLabelField,
  isNumberField,
  isSearchField,
  isSearchState,
  isTextField,
  SEARCH_FIELDS,
  SEARCH_STATES,
  type Search,
  type SearchField,
  type SearchProblem,
  type Term,
  type Test,
} from './search';
import { tokens, type FieldToken, type Token } from './tokens';

/**
 * Reads a search as it was typed: free words, `field:value`, `field<number`, values in quotes, `-` for not, `or` between two
 * terms. Never throws: what can't be read is left out and named among the problems.
 */
export function parseSearch(text: string): Search {
  const clauses: Term[][] = [];
  const problems: SearchProblem[] = [];
  /** The `or` read last, and whether a term stood before it. */
  let or: { token: Token; after: boolean } | null = null;
  let before = false;

  for (const token of tokens(text)) {
    if (token.kind === 'or') {
      if (or || !before) problems.push(problem(token, LONE_OR));
      or = { token, after: before && !or };
      before = false;
      continue;
    }
    const read = readTerm(token);
    before = true;
    if ('message' in read) problems.push(problem(token, read.message));
    else if (or?.after && clauses.length > 0) clauses.at(-1)?.push(read);
    else clauses.push([read]);
    or = null;
  }
  if (or?.after) problems.push(problem(or.token, LONE_OR));
  return { clauses, problems };
}

const LONE_OR =
  'or stands between two terms, for example heard:rock or heard:metal; to search for the word put it in quotes.';

const problem = ({ from, to }: Token, message: string): SearchProblem => ({ from, to, message });

type Unread = { readonly message: string };

function readTerm(token: Exclude<Token, { kind: 'or' }>): Term | Unread {
  const test = token.kind === 'words' ? readWords(token.text) : readField(token);
  return 'message' in test ? test : { not: token.not, test };
}

function readWords(words: string): Test | Unread {
  const text = foldText(words);
  return text === '' ? { message: 'There is nothing to search for in this; leave it out.' } : { kind: 'words', text };
}

function readField({ name, operator, value }: FieldToken): Test | Unread {
  const field = name.toLowerCase();
  if (!isSearchField(field))
    return {
      message: `There is no field ${name}. There are ${SEARCH_FIELDS.join(', ')}; to search for the text put it in quotes.`,
    };
  if (isNumberField(field)) return readNumberField(field, operator, value);
  if (field === 'share') return readShare(operator === ':' ? value : '');
  if (operator !== ':') return { message: `${field} takes a colon, ${example(field)}.` };
  if (field === 'state') return readState(value);
  const text = isTextField(field) ? foldText(value) : foldLabel(value);
  if (text === '') return { message: `${field} needs a value, ${example(field)}.` };
  return isLabelField(field) ? { kind: 'label', field, label: text } : { kind: 'text', field, text };
}

function readNumberField(field: keyof typeof SCALES & SearchField, operator: Operator, value: string): Test | Unread {
  const interval = readInterval(operator, value, SCALES[field]);
  if (interval && field !== 'share') return { kind: 'number', field, interval };
  return value === ''
    ? { message: `${field} needs a number, ${example(field)}.` }
    : { message: `${field} ${SCALES[field].range}; it is written as in ${EXAMPLES[field]}.` };
}

/** The value of a share holds its comparison: `metal>0.3`. */
function readShare(value: string): Test | Unread {
  const match = /^(.*?)\s*(<=|>=|<|>|=)\s*([^<>=]*)$/s.exec(value);
  const label = foldLabel(match?.[1] ?? '');
  if (!match || label === '' || match[3] === '')
    return { message: `share needs a label and a comparison, ${example('share')}.` };
  const interval = readInterval(match[2] as Operator, match[3] ?? '', SCALES.share);
  if (!interval) return { message: `A share ${SCALES.share.range}; it is written as in ${EXAMPLES.share}.` };
  return { kind: 'share', label, interval };
}

function readState(value: string): Test | Unread {
  const state = value.toLowerCase();
  if (isSearchState(state)) return { kind: 'state', state };
  return { message: `state is one of ${SEARCH_STATES.join(', ')}, ${example('state')}.` };
}

const example = (field: SearchField): string => `for example ${EXAMPLES[field]}`;
