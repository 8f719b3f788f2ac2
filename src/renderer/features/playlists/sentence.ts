import type { Condition, Limit, Order, Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { strings } from '../../strings';
import { baseName } from '../../ui/format';
import { scaleOf, writeScaled } from './scales';

const words = strings.playlists;

/** A playlist as a sentence: "Tracks where heard genre is Rock and length is under 5:00; by artist; 100 tracks at most". */
export function inWords({ rule, order, limit }: Pick<SmartPlaylist, 'rule' | 'order' | 'limit'>): string {
  return [ruleInWords(rule), orderInWords(order), ...(limit ? [limitInWords(limit)] : [])].join('; ');
}

function ruleInWords(rule: Rule): string {
  const whole = part(rule, false);
  if (whole === '') return 'any' in rule ? words.sentence.none : words.sentence.every;
  return `${words.sentence.where} ${whole}`;
}

/** @param inside whether it stands among others, so that brackets are needed where it has several parts */
function part(rule: Rule, inside: boolean): string {
  if ('field' in rule) return conditionInWords(rule);
  const [kind, rules] =
    'all' in rule
      ? (['all', rule.all] as const)
      : 'any' in rule
        ? (['any', rule.any] as const)
        : (['none', rule.none] as const);
  const parts = rules.map((each) => part(each, rules.length > 1 || kind === 'none')).filter((each) => each !== '');
  if (parts.length === 0) return '';
  const [lead, joint] = words.joints[kind];
  const text = `${lead === '' ? '' : `${lead} `}${parts.join(` ${joint} `)}`;
  return inside && (parts.length > 1 || kind === 'none') ? `(${text})` : text;
}

function conditionInWords(condition: Condition): string {
  const { field, op } = condition;
  const compared = field === 'similarity' ? words.sentence.alike : words.ops[op];
  return [named(condition), compared, value(condition)].filter((each) => each !== '').join(' ');
}

function named(condition: Condition): string {
  const field = words.fields[condition.field].toLowerCase();
  if ('of' in condition) return `${field} ${condition.of}`;
  if ('tag' in condition && condition.tag !== undefined) return condition.tag;
  return 'to' in condition && condition.field === 'similarity' ? `${field} ${baseName(condition.to)}` : field;
}

function value(condition: Condition): string {
  const shown = (each: string | number): string =>
    typeof each === 'number' ? withUnit(condition, writeScaled(each, scaleOf(condition.field))) : each;
  if ('days' in condition) return `${condition.days} ${words.days}`;
  if ('from' in condition) return `${shown(condition.from)} ${words.and} ${shown(condition.to)}`;
  if (!('value' in condition)) return '';
  if (condition.field === 'state')
    return (strings.states as Readonly<Record<string, string>>)[condition.value] ?? condition.value;
  return shown(condition.value);
}

/** "30%", "320 kbit/s"; where the unit is plain from the number it is left out. */
function withUnit({ field }: Condition, number: string): string {
  const { unit } = scaleOf(field);
  if (unit === 'percent') return `${number}%`;
  return unit === 'clock' || unit === 'signed' || unit === 'none' ? number : `${number} ${words.units[unit]}`;
}

function orderInWords(order: Order): string {
  const subject = 'of' in order ? ` ${order.of}` : 'to' in order ? ` ${baseName(order.to)}` : '';
  const turned = 'descending' in order && order.descending ? `, ${words.sentence.descending}` : '';
  return `${words.orders[order.by]}${subject}${turned}`;
}

function limitInWords(limit: Limit): string {
  if ('tracks' in limit) return words.sentence.limits.tracks(limit.tracks);
  return 'hours' in limit ? words.sentence.limits.hours(limit.hours) : words.sentence.limits.megabytes(limit.megabytes);
}
