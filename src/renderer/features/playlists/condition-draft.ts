import type { Condition } from '#shared/domain/playlists/playlist';
import { readPattern } from '#shared/domain/playlists/safe-pattern';
import type { DraftCondition } from './draft';
import { kindOf } from './fields';
import { readPlain, readScaled, scaleOf, writeScaled } from './scales';

/** What a condition lacks before it can be evaluated; its words are in `strings.playlists.lacks`. */
export type Lack = 'text' | 'tag' | 'expression' | 'label' | 'number' | 'range' | 'date' | 'days' | 'order' | 'track';

const DAY = /^\d{4}-\d\d-\d\d$/;
const MOST_DAYS = 100_000;

/** The condition that is meant, or what it lacks. */
export function readCondition(draft: DraftCondition): Condition | Lack {
  switch (kindOf(draft.field)) {
    case 'text':
      return readText(draft);
    case 'label':
    case 'state':
      return readLabel(draft);
    case 'share': {
      const of = draft.subject.trim();
      return of === '' ? 'label' : withNumbers(draft, { of });
    }
    case 'number':
      return isPresence(draft.op) ? made(draft, {}) : withNumbers(draft, {});
    case 'date':
      return readDate(draft);
    case 'similarity': {
      const value = readScaled(draft.value, scaleOf(draft.field));
      if (draft.subject === '') return 'track';
      return value === null ? 'range' : made(draft, { to: draft.subject, value });
    }
  }
}

const isPresence = (op: string): boolean => op === 'missing' || op === 'present';

/** Field and operator are of one kind, which the caller has made sure of. */
const made = ({ field, op }: DraftCondition, rest: object): Condition => ({ field, op, ...rest }) as Condition;

function readText(draft: DraftCondition): Condition | Lack {
  const tag = draft.subject.trim();
  if (draft.field === 'tag' && tag === '') return 'tag';
  const named = draft.field === 'tag' ? { tag } : {};
  if (isPresence(draft.op)) return made(draft, named);
  if (draft.value === '') return 'text';
  if (draft.op === 'matches' && 'problem' in readPattern(draft.value)) return 'expression';
  return made(draft, { ...named, value: draft.value });
}

function readLabel(draft: DraftCondition): Condition | Lack {
  if (isPresence(draft.op)) return made(draft, {});
  const value = draft.value.trim();
  return value === '' ? 'label' : made(draft, { value });
}

function withNumbers(draft: DraftCondition, rest: object): Condition | Lack {
  const scale = scaleOf(draft.field);
  const first = readScaled(draft.value, scale);
  if (first === null) return draft.value.trim() === '' ? 'number' : 'range';
  if (draft.op !== 'between') return made(draft, { ...rest, value: first });
  const second = readScaled(draft.until, scale);
  if (second === null) return draft.until.trim() === '' ? 'number' : 'range';
  return first > second ? 'order' : made(draft, { ...rest, from: first, to: second });
}

function readDate(draft: DraftCondition): Condition | Lack {
  if (isPresence(draft.op)) return made(draft, {});
  if (draft.op === 'inLast' || draft.op === 'inLastNot') {
    const days = readPlain(draft.value);
    return days === null || days < 0 || days > MOST_DAYS ? 'days' : made(draft, { days });
  }
  if (!DAY.test(draft.value)) return 'date';
  if (draft.op !== 'between') return made(draft, { value: draft.value });
  if (!DAY.test(draft.until)) return 'date';
  return draft.value > draft.until ? 'order' : made(draft, { from: draft.value, to: draft.until });
}

/** The reverse of `readCondition`. */
export function draftCondition(condition: Condition, id: number): DraftCondition {
  const base = { id, field: condition.field, op: condition.op, subject: '', value: '', until: '' };
  const scale = scaleOf(condition.field);
  const write = (value: string | number): string => (typeof value === 'number' ? writeScaled(value, scale) : value);
  const subject = 'of' in condition ? condition.of : 'tag' in condition ? (condition.tag ?? '') : '';
  if (condition.field === 'similarity') return { ...base, subject: condition.to, value: write(condition.value) };
  if ('days' in condition) return { ...base, value: String(condition.days) };
  if ('from' in condition) return { ...base, subject, value: write(condition.from), until: write(condition.to) };
  return 'value' in condition ? { ...base, subject, value: write(condition.value) } : { ...base, subject };
}
