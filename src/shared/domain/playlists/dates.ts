import type { DateCondition } from './playlist';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Milliseconds since 1970; `to` does not belong to it. Null: without that end. */
export interface Span {
  readonly from: number | null;
  readonly to: number | null;
}

/** The time that a condition speaks of, by this system's calendar; null of one that is not about a time. */
export function spanOf(condition: DateCondition, now: number): Span | null {
  switch (condition.op) {
    case 'before':
      return { from: null, to: startOf(condition.value) };
    case 'after':
      return { from: startOf(condition.value, 1), to: null };
    case 'on':
      return { from: startOf(condition.value), to: startOf(condition.value, 1) };
    case 'between':
      return { from: startOf(condition.from), to: startOf(condition.to, 1) };
    case 'inLast':
    case 'inLastNot':
      // What lies ahead (a clock that went wrong) counts as just now.
      return { from: now - condition.days * DAY_MS, to: null };
    case 'missing':
    case 'present':
      return null;
  }
}

/** When a day such as `2026-11-21` begins here, or the day so many later; days may have 23 or 25 hours. */
function startOf(day: string, later = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(2000, month - 1, date + later);
  // The constructor takes the years 0 to 99 for 1900 to 1999.
  start.setFullYear(year, month - 1, date + later);
  return start.getTime();
}
