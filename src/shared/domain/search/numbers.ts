import type { Interval, NumberField } from './search';

/** What numbers of a field may be, and how they may be written besides plainly. */
interface Scale {
  readonly least: number;
  readonly most: number;
  /** Said where a number lies outside. */
  readonly range: string;
  readonly percent?: boolean;
  readonly clock?: boolean;
}

const SHARE_SCALE: Scale = { least: 0, most: 1, range: 'lies between 0 and 1, such as 0.3 or 30%', percent: true };

export const SCALES: Readonly<Record<NumberField | 'share', Scale>> = {
  share: SHARE_SCALE,
  confidence: SHARE_SCALE,
  year: { least: 0, most: 9999, range: 'is a year, such as 1990' },
  duration: { least: 0, most: 1e7, range: 'is in seconds or minutes, such as 600 or 10:00', clock: true },
  valence: { least: -1, most: 1, range: 'lies between -1 and 1' },
  arousal: { least: -1, most: 1, range: 'lies between -1 and 1' },
};

export type Operator = ':' | '=' | '<' | '<=' | '>' | '>=';

/** A number as it was typed, with half of its last digit's worth: 0.6 stands for 0.55 to 0.65 where equality is asked. */
interface Typed {
  readonly value: number;
  readonly half: number;
}

/** Reads a number of a scale (`0.3`, `30%`, `10:00`, `1:02:03`); null if it is none, or outside the scale. */
export function readNumber(text: string, scale: Scale): Typed | null {
  const typed = readPlain(text, scale) ?? (scale.clock ? readClock(text) : null);
  return typed && typed.value >= scale.least && typed.value <= scale.most ? typed : null;
}

function readPlain(text: string, scale: Scale): Typed | null {
  const match = /^([+-]?(?:\d+(?:\.(\d*))?|\.(\d+)))(%?)$/.exec(text);
  if (!match || (match[4] && !scale.percent)) return null;
  const decimals = (match[2] ?? match[3] ?? '').length;
  const unit = match[4] ? 100 : 1;
  return { value: Number(match[1]) / unit, half: 0.5 / 10 ** decimals / unit };
}

function readClock(text: string): Typed | null {
  const match = /^(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)$/.exec(text);
  if (!match) return null;
  return { value: Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]), half: 0.5 };
}

/** The interval of `<0.3`, `:1990..1999`, `:2000..`, …; null if the text is no number or range, or its ends are the wrong way round. */
export function readInterval(operator: Operator, text: string, scale: Scale): Interval | null {
  if (operator === ':' && text.includes('..')) return readRange(text, scale);
  const typed = readNumber(text, scale);
  if (!typed) return null;
  const { value, half } = typed;
  switch (operator) {
    case ':':
    case '=':
      return { from: value - half, fromOpen: false, to: value + half, toOpen: true };
    case '<':
    case '<=':
      return { from: null, fromOpen: false, to: value, toOpen: operator === '<' };
    case '>':
    case '>=':
      return { from: value, fromOpen: operator === '>', to: null, toOpen: false };
  }
}

function readRange(text: string, scale: Scale): Interval | null {
  const [first = '', second = '', ...more] = text.split('..');
  const from = first === '' ? null : readNumber(first, scale);
  const to = second === '' ? null : readNumber(second, scale);
  const unreadable = (first !== '' && !from) || (second !== '' && !to) || (!from && !to);
  if (more.length > 0 || unreadable || (from && to && from.value > to.value)) return null;
  return { from: from?.value ?? null, fromOpen: false, to: to?.value ?? null, toOpen: false };
}
