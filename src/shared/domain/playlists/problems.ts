import { foldLabel } from '../vocabulary';
import { isDate, isLabel, isText } from './evaluate';
import type { Condition, Rule, SmartPlaylist } from './playlist';
import { readPattern } from './safe-pattern';

/** Why a playlist can't be evaluated. */
export interface PlaylistProblem {
  /** Where, from the top: the second condition of the third group is `[3, 2]`; empty where the whole is meant. */
  readonly place: readonly number[];
  /** A sentence that names the remedy. */
  readonly message: string;
}

/** More would be slower than anyone waits for, and deeper is no rule that anyone reads. */
export const RULE_LIMITS = { conditions: 500, depth: 20 } as const;

/** The states that a track may be in, as the contract names them. */
export const RULE_STATES = ['new', 'analysed', 'decided', 'written', 'skipped', 'failed'] as const;

/** What is wrong with a playlist that has the right form, in the order of its conditions; empty if it can be evaluated. */
export function problemsOf({ rule }: Pick<SmartPlaylist, 'rule'>): PlaylistProblem[] {
  const { depth, conditions } = RULE_LIMITS;
  if (depthOf(rule) > depth)
    return [{ place: [], message: `Groups are nested deeper than ${depth} levels; take some of them apart.` }];
  const all = conditionsOf(rule);
  if (all.length > conditions)
    return [{ place: [], message: `The rule has more than ${conditions} conditions; make two playlists of it.` }];
  return all.flatMap(({ condition, place }) => {
    const message = problemOf(condition);
    return message === null ? [] : [{ place, message }];
  });
}

/** The conditions of a rule, in order, with their places. */
export function conditionsOf(
  rule: Rule,
  place: readonly number[] = [],
): { condition: Condition; place: readonly number[] }[] {
  const children = childrenOf(rule);
  if (children === null) return [{ condition: rule as Condition, place }];
  return children.flatMap((child, index) => conditionsOf(child, [...place, index + 1]));
}

const depthOf = (rule: Rule): number =>
  (childrenOf(rule) ?? []).reduce((most, child) => Math.max(most, depthOf(child) + 1), 0);

/** A problem with its place, as one sentence. */
export const describeProblem = ({ place, message }: PlaylistProblem): string =>
  place.length === 0 ? message : `Condition ${place.join('.')}: ${message}`;

/** The rules in a group; null of a condition. */
export function childrenOf(rule: Rule): readonly Rule[] | null {
  if ('all' in rule) return rule.all;
  if ('any' in rule) return rule.any;
  return 'none' in rule ? rule.none : null;
}

function problemOf(condition: Condition): string | null {
  if ('from' in condition && condition.from > condition.to) return 'It ends before it begins; swap its two values.';
  if (isText(condition)) {
    if (condition.field === 'tag' && !condition.tag?.trim())
      return 'It names no tag; write which one, such as COMPOSER.';
    if (condition.op !== 'matches') return null;
    const read = readPattern(condition.value);
    return 'problem' in read ? read.problem : null;
  }
  if (isLabel(condition) && condition.field === 'state' && 'value' in condition) {
    const known = RULE_STATES.some((state) => foldLabel(state) === foldLabel(condition.value));
    return known ? null : `“${condition.value}” is no state of a track; choose one of ${RULE_STATES.join(', ')}.`;
  }
  if (isDate(condition)) {
    const days = 'value' in condition ? [condition.value] : 'from' in condition ? [condition.from, condition.to] : [];
    const wrong = days.find((day) => !/^\d{4}-\d{2}-\d{2}$/.test(day));
    return wrong === undefined ? null : `“${wrong}” is no day; write it as 2026-11-21.`;
  }
  return null;
}
