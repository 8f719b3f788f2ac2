import type { Interval, Search, SearchState, Term, Test } from '../search/search';
import { CLASSIC_GENRES, displayLabel, foldLabel, MOOD_QUADRANTS } from '../vocabulary';
import type { Condition, LabelField, NumberTest, Rule } from './playlist';

/**
 * The rule that finds what a search finds; what could not be read of the search is in neither. Free words are looked for in title, artist,
 * album and path, and as a whole genre, since rules have no part of a genre's name.
 */
export function ruleFromSearch({ clauses }: Pick<Search, 'clauses'>): Rule {
  const rules = clauses.map((terms): Rule => {
    const any = terms.map(ruleOfTerm);
    const [first] = any;
    return first && any.length === 1 ? first : { any };
  });
  // What must all hold needs no group of its own among what must all hold.
  return { all: rules.flatMap((rule) => ('all' in rule ? rule.all : [rule])) };
}

function ruleOfTerm({ not, test }: Term): Rule {
  const rule = ruleOfTest(test);
  if (!not) return rule;
  if ('any' in rule) return { none: rule.any };
  const negated = 'op' in rule ? negation(rule) : null;
  return negated ?? { none: [rule] };
}

/** Where there is a comparison that says the opposite. It holds of what has no value, as a search's `-` does. */
function negation(rule: Condition): Rule | null {
  if ('value' in rule && typeof rule.value === 'string' && rule.op === 'contains')
    return { ...rule, op: 'containsNot' };
  return rule.op === 'is' ? { ...rule, op: 'isNot' } : null;
}

function ruleOfTest(test: Test): Rule {
  switch (test.kind) {
    case 'words':
      return {
        any: [
          ...(['title', 'artist', 'album', 'path'] as const).map((field): Condition => ({
            field,
            op: 'contains',
            value: test.text,
          })),
          { field: 'genre', op: 'is', value: test.text },
        ],
      };
    case 'text':
      return { field: test.field, op: 'contains', value: test.text };
    case 'label': {
      const rules = LABELS[test.field].map((field): Condition => ({ field, op: 'is', value: nameOf(test.label) }));
      const [first] = rules;
      return first && rules.length === 1 ? first : { any: rules };
    }
    case 'share':
      return within(test.interval, (compared) => ({ field: 'genreShare', of: nameOf(test.label), ...compared }));
    case 'number':
      return within(test.interval, (compared) => ({ field: test.field, ...compared }));
    case 'state':
      return { field: 'state', op: 'is', value: STATES[test.state] };
  }
}

const NAMES: ReadonlyMap<string, string> = new Map(
  [...CLASSIC_GENRES, ...MOOD_QUADRANTS.map(({ label }) => label)].map((label) => [
    foldLabel(label),
    displayLabel(label),
  ]),
);

/** A search has labels folded; a rule is read, so the usual ones get their names back. Both compare alike. */
const nameOf = (folded: string): string => NAMES.get(folded) ?? folded;

/** What a search's `genre` and `mood` look at. */
const LABELS: Readonly<Record<'genre' | 'heard' | 'mood' | 'wide', readonly LabelField[]>> = {
  genre: ['ownGenre', 'confirmedGenre'],
  heard: ['heardGenre'],
  mood: ['ownMood', 'confirmedMood', 'heardMood'],
  wide: ['wideGenre'],
};

/** By the names that tracks' states have. */
const STATES: Readonly<Record<SearchState, string>> = {
  unreviewed: 'analysed',
  decided: 'decided',
  written: 'written',
  skipped: 'skipped',
  failed: 'failed',
  new: 'new',
};

/** An interval as one comparison where there is one that says the same, else as one for each end. */
function within(interval: Interval, rule: (compared: NumberTest) => Condition): Rule {
  const { from, fromOpen, to, toOpen } = interval;
  if (from !== null && to !== null) {
    // "year:1990" is searched for as 1989.5 up to 1990.5, and no year lies between.
    const middle = (from + to) / 2;
    if (!fromOpen && toOpen && to - from === 1 && Number.isInteger(middle)) return rule({ op: 'is', value: middle });
    if (!fromOpen && !toOpen) return rule({ op: 'between', from, to });
  }
  const ends: Condition[] = [];
  if (from !== null) ends.push(rule({ op: fromOpen ? 'over' : 'atLeast', value: from }));
  if (to !== null) ends.push(rule({ op: toOpen ? 'under' : 'atMost', value: to }));
  const [first] = ends;
  return first && ends.length === 1 ? first : { all: ends };
}
