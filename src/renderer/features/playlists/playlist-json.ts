import type { z } from 'zod';
import { conditionSchema, smartPlaylistSchema } from '#shared/contract/playlists';
import type { SmartPlaylist } from '#shared/domain/playlists/playlist';
import { strings } from '../../strings';
import { FIELDS, isIn, kindOf, OPERATORS } from './fields';

const words = strings.playlists.jsonProblems;

export type ReadPlaylist = { readonly playlist: SmartPlaylist } | { readonly problems: readonly string[] };

/** Reads a playlist from a text, as it was copied or kept in a file. Never throws: what is wrong is said in sentences with their place. */
export function readPlaylistText(text: string): ReadPlaylist {
  const parsed = parse(text);
  if ('line' in parsed) return { problems: [words.syntax(parsed.line)] };
  const { value } = parsed;
  if (!isObject(value)) return { problems: [words.shape] };
  if ('version' in value && value['version'] !== 1) return { problems: [words.version] };
  const result = smartPlaylistSchema.safeParse(value);
  if (result.success) return { playlist: result.data };
  const rule = 'rule' in value ? ruleProblems(value['rule'], 'rule') : [];
  const others = result.error.issues.filter(({ path }) => path[0] !== 'rule' || rule.length === 0).flatMap(issueWords);
  return { problems: [...rule, ...others] };
}

export const playlistText = (playlist: SmartPlaylist): string => `${JSON.stringify(playlist, null, 2)}\n`;

function parse(text: string): { readonly value: unknown } | { readonly line: number } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const line = /line (\d+)/.exec(message)?.[1];
    const position = /position (\d+)/.exec(message)?.[1];
    if (line !== undefined) return { line: Number(line) };
    // A text that breaks off is wrong at its end.
    return {
      line: text
        .slice(0, position === undefined ? undefined : Number(position))
        .trimEnd()
        .split('\n').length,
    };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A rule is one of many shapes; which was meant is told by the parts that it has. */
function ruleProblems(rule: unknown, where: string): string[] {
  const at = (what: string): string[] => [words.where(where, what)];
  if (!isObject(rule)) return at(words.rule);
  for (const kind of ['all', 'any', 'none'] as const) {
    if (!(kind in rule)) continue;
    const rules = rule[kind];
    const extra = Object.keys(rule).filter((name) => name !== kind);
    if (!Array.isArray(rules)) return at(words.rule);
    return [
      ...extra.flatMap((name) => at(words.unknown(name))),
      ...rules.flatMap((each, index) => ruleProblems(each, `${where}.${kind}[${index + 1}]`)),
    ];
  }
  const { field, op } = rule;
  if (typeof field !== 'string' || typeof op !== 'string') return at(words.rule);
  if (!isIn(FIELDS, field)) return at(words.field(field));
  const operators = OPERATORS[kindOf(field)];
  if (conditionSchema.safeParse(rule).success) return [];
  if (!isIn(operators, op)) return at(words.op(field, op, operators.join(', ')));
  return at(words.value(field, op));
}

function issueWords(issue: z.core.$ZodIssue): string[] {
  const where = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => (where === '' ? words.unknown(name) : words.where(where, words.unknown(name))));
  return [words.where(where, words.missing)];
}
