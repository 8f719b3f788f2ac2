import { formatClock } from '../../ui/format';
import type { Field } from './fields';

/** How numbers of a field are typed and shown: in which unit, and between which ends. */
export interface Scale {
  /** Stands after the number; the name of a unit in `strings.playlists.units`. */
  readonly unit: 'percent' | 'signed' | 'clock' | 'stars' | 'bitrate' | 'hertz' | 'megabytes' | 'none';
  /** In the rule's own unit. */
  readonly least: number;
  readonly most: number;
}

const PERCENT: Scale = { unit: 'percent', least: 0, most: 1 };
const SIGNED: Scale = { unit: 'signed', least: -1, most: 1 };
const PLAIN: Scale = { unit: 'none', least: 0, most: 9999 };

const SCALES: Readonly<Partial<Record<Field, Scale>>> = {
  confidence: PERCENT,
  genreShare: PERCENT,
  moodShare: PERCENT,
  similarity: { ...PERCENT, least: -1 },
  valence: SIGNED,
  arousal: SIGNED,
  duration: { unit: 'clock', least: 0, most: 1e7 },
  rating: { unit: 'stars', least: 0, most: 5 },
  bitrate: { unit: 'bitrate', least: 0, most: 1e6 },
  sampleRate: { unit: 'hertz', least: 0, most: 1e7 },
  size: { unit: 'megabytes', least: 0, most: 1e15 },
};

/** Of fields without a scale of their own, as the year: whole numbers of four digits. */
export const scaleOf = (field: Field): Scale => SCALES[field] ?? PLAIN;

const MEGABYTE = 1e6;

/** A number as it is typed (`30` of per cent, `3:20` of minutes) in the rule's unit; null: it is none, or outside the scale. */
export function readScaled(text: string, { unit, least, most }: Scale): number | null {
  const value = unit === 'clock' ? readClock(text) : readPlain(text);
  if (value === null) return null;
  const scaled = unit === 'percent' ? value / 100 : unit === 'megabytes' ? Math.round(value * MEGABYTE) : value;
  return scaled >= least && scaled <= most ? scaled : null;
}

/** The reverse of `readScaled`. */
export function writeScaled(value: number, { unit }: Scale): string {
  if (unit === 'clock' && Number.isInteger(value)) return formatClock(value);
  return tidy(unit === 'percent' ? value * 100 : unit === 'megabytes' ? value / MEGABYTE : value);
}

/** Without the traces of binary fractions. */
const tidy = (value: number): string => String(Number(value.toPrecision(12)));

/** A decimal point or comma, a minus of either kind, a per cent sign. */
export function readPlain(text: string): number | null {
  const plain = text.trim().replace(/^[−–]/, '-').replace(',', '.').replace(/\s?%$/, '');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** "3:20", "1:02:03", or plain seconds. */
function readClock(text: string): number | null {
  const match = /^\s*(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)\s*$/.exec(text);
  if (match) return Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return readPlain(text);
}
