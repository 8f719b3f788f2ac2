import { isDate, isLabel, isText } from '#shared/domain/playlists/evaluate';
import {
  NUMBER_FIELDS,
  type Condition,
  type DateCondition,
  type LabelCondition,
  type NumberCondition,
  type Rule,
  type TextCondition,
} from '#shared/domain/playlists/playlist';
import type { Unsayable } from './unsayable';

/** A condition without a negation in it. Its opposite holds wherever it does not, so also of tracks without a value. */
export interface Leaf {
  readonly condition: Condition;
  readonly negated: boolean;
}

export type Tree = Leaf | { readonly join: 'all' | 'any'; readonly parts: readonly Tree[] };

/** The positive form of each negation. */
const OPPOSITES: Readonly<Record<string, string>> = {
  isNot: 'is',
  containsNot: 'contains',
  isNotWithin: 'isWithin',
  inLastNot: 'inLast',
  missing: 'present',
};

/**
 * A rule as `all` and `any` alone: `none` and negations are pushed down to the conditions (De Morgan), groups in a group of their own kind
 * are part of it, and a group of one is that one. An empty `all` holds of every track, an empty `any` of none.
 */
export function treeOf(rule: Rule, negated = false): Tree {
  if ('all' in rule) return joined(negated ? 'any' : 'all', rule.all, negated);
  if ('any' in rule) return joined(negated ? 'all' : 'any', rule.any, negated);
  if ('none' in rule) return joined(negated ? 'any' : 'all', rule.none, !negated);
  const opposite = OPPOSITES[rule.op];
  if (opposite === undefined) return { condition: rule, negated };
  return { condition: { ...rule, op: opposite } as Condition, negated: !negated };
}

function joined(join: 'all' | 'any', rules: readonly Rule[], negated: boolean): Tree {
  const parts = rules
    .map((rule) => treeOf(rule, negated))
    .flatMap((part) => ('join' in part && part.join === join ? part.parts : [part]));
  return parts.length === 1 ? parts[0]! : { join, parts };
}

export const leavesOf = (tree: Tree): Leaf[] => ('join' in tree ? tree.parts.flatMap(leavesOf) : [tree]);

/** The day after one such as `2026-11-21`, in the same form. */
export function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

/** The first and the last day that a condition is about, both in it. */
export const daysOf = (
  condition: Extract<DateCondition, { readonly op: 'on' | 'between' | 'before' | 'after' }>,
): readonly [string, string] =>
  condition.op === 'between' ? [condition.from, condition.to] : [condition.value, condition.value];

const NUMBERS: ReadonlySet<string> = new Set(NUMBER_FIELDS);
const isNumber = (condition: Condition): condition is NumberCondition => NUMBERS.has(condition.field);

/** A target's words for each kind of condition; null where it has none, which it has told then. */
export interface LeafWords<T> {
  readonly text: (condition: TextCondition) => T | null;
  readonly label: (condition: LabelCondition) => T | null;
  readonly date: (condition: DateCondition) => T | null;
  readonly number: (condition: NumberCondition) => T | null;
}

/** A condition in a target's words; what is of none of these kinds no target knows. */
export function sayLeaf<T>(condition: Condition, words: LeafWords<T>, lacks: Unsayable): T | null {
  if (isText(condition)) return words.text(condition);
  if (isLabel(condition)) return words.label(condition);
  if (isDate(condition)) return words.date(condition);
  return isNumber(condition) ? words.number(condition) : lacks.field(condition.field);
}

/** A text that stands for itself in a regular expression of POSIX, PCRE or Python. */
export const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
