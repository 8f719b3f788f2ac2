import type { Limit, Order, Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { draftCondition, readCondition, type Lack } from './condition-draft';
import { emptyRule, isGroup, type DraftGroup, type DraftNode, type DraftRule } from './draft';
import { readPlain } from './scales';

/** A playlist as it is being made: what can be half typed is kept as it was typed. */
export interface Draft {
  readonly name: string;
  readonly comment: string;
  readonly rule: DraftRule;
  readonly order: DraftOrder;
  readonly limit: DraftLimit;
}

/** Only what the kind of order needs counts. */
export interface DraftOrder {
  readonly by: Order['by'];
  readonly descending: boolean;
  readonly of: string;
  readonly seed: number;
  readonly to: string;
}

export interface DraftLimit {
  readonly by: 'none' | 'tracks' | 'hours' | 'megabytes';
  readonly amount: string;
}

/** What is still missing where: at a node of the rule by its number, or at a part of the playlist. */
export interface Unfinished {
  readonly at: number | 'name' | 'order' | 'limit';
  readonly lack: Lack | 'name' | 'amount';
}

/** What a draft amounts to: the playlist of all that is finished, and what is not. */
export interface Assembled {
  readonly playlist: SmartPlaylist;
  readonly unfinished: readonly Unfinished[];
}

export const emptyDraft = (name: string): Draft => ({
  name,
  comment: '',
  rule: emptyRule,
  order: { by: 'path', descending: false, of: '', seed: 1, to: '' },
  limit: { by: 'none', amount: '' },
});

export function draftOf({ name, comment, rule, order, limit }: SmartPlaylist): Draft {
  return { name, comment: comment ?? '', rule: draftRule(rule), order: draftOrder(order), limit: draftLimit(limit) };
}

/** @param unnamed the name that a playlist without one is tried out under */
export function assemble(draft: Draft, unnamed: string): Assembled {
  const unfinished: Unfinished[] = [];
  const name = draft.name.trim();
  if (name === '') unfinished.push({ at: 'name', lack: 'name' });
  const comment = draft.comment.trim();
  const playlist: SmartPlaylist = {
    version: 1,
    name: name === '' ? unnamed : name,
    ...(comment !== '' && { comment }),
    rule: readGroup(draft.rule.root, unfinished) ?? { all: [] },
    order: readOrder(draft.order, unfinished),
    limit: readLimit(draft.limit, unfinished),
  };
  return { playlist, unfinished };
}

function draftRule(rule: Rule): DraftRule {
  let nextId = 0;
  const node = (each: Rule): DraftNode => {
    const id = nextId++;
    for (const kind of ['all', 'any', 'none'] as const)
      if (kind in each) {
        const children = (each as Record<typeof kind, readonly Rule[]>)[kind].map(node);
        return { id, kind, children };
      }
    return draftCondition(each as Parameters<typeof draftCondition>[0], id);
  };
  // A playlist of one bare condition is shown as a group of one.
  const root = node('field' in rule ? { all: [rule] } : rule) as DraftGroup;
  return { root, nextId };
}

/** The rule of what is finished in a group; null where nothing of it is, so that an unfinished group says neither yes nor no. */
function readGroup({ kind, children }: DraftGroup, unfinished: Unfinished[]): Rule | null {
  const rules = children.flatMap((child): Rule[] => {
    if (isGroup(child)) {
      const rule = readGroup(child, unfinished);
      return rule ? [rule] : [];
    }
    const condition = readCondition(child);
    if (typeof condition !== 'string') return [condition];
    unfinished.push({ at: child.id, lack: condition });
    return [];
  });
  if (rules.length === 0 && children.length > 0) return null;
  return kind === 'all' ? { all: rules } : kind === 'any' ? { any: rules } : { none: rules };
}

function draftOrder(order: Order): DraftOrder {
  return {
    by: order.by,
    descending: 'descending' in order && order.descending === true,
    of: 'of' in order ? order.of : '',
    seed: 'seed' in order ? order.seed : 1,
    to: 'to' in order ? order.to : '',
  };
}

const BY_PATH: Order = { by: 'path' };

function readOrder({ by, descending, of, seed, to }: DraftOrder, unfinished: Unfinished[]): Order {
  const turned = descending ? { descending } : {};
  const lacks = (lack: Lack): Order => {
    unfinished.push({ at: 'order', lack });
    return BY_PATH;
  };
  if (by === 'genreShare' || by === 'moodShare')
    return of.trim() === '' ? lacks('label') : { by, of: of.trim(), ...turned };
  if (by === 'random') return { by, seed };
  if (by === 'similarity') return to === '' ? lacks('track') : { by, to };
  return { by, ...turned };
}

function draftLimit(limit: Limit | null): DraftLimit {
  for (const by of ['tracks', 'hours', 'megabytes'] as const)
    if (limit && by in limit) return { by, amount: String((limit as Record<typeof by, number>)[by]) };
  return { by: 'none', amount: '' };
}

const MOST = { tracks: 1_000_000, hours: 100_000, megabytes: 1e9 } as const;

function readLimit({ by, amount }: DraftLimit, unfinished: Unfinished[]): Limit | null {
  if (by === 'none') return null;
  const value = readPlain(amount);
  const fits = value !== null && value > 0 && value <= MOST[by] && (by !== 'tracks' || Number.isInteger(value));
  if (fits) return { [by]: value } as Limit;
  unfinished.push({ at: 'limit', lack: 'amount' });
  return null;
}

/** Whether a draft says something else than the playlist that was saved, or is unfinished. */
export function isChanged(draft: Draft | undefined, saved: SmartPlaylist): boolean {
  if (!draft) return false;
  const { playlist, unfinished } = assemble(draft, '');
  return unfinished.length > 0 || !isSame(playlist, assemble(draftOf(saved), '').playlist);
}

/** Whether two playlists say the same, whatever order their parts are written in. */
export const isSame = (a: SmartPlaylist, b: SmartPlaylist): boolean => stable(a) === stable(b);

const stable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
