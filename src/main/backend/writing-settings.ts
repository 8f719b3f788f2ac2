import { writingFields } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { foldLabel } from '#shared/domain/vocabulary';
import { DEFAULT_WRITING, type WritingSettings } from '#shared/domain/writing';
import type { Store } from '../store';

const KEY = 'writing';

type Changes = { readonly [Name in keyof WritingSettings]?: WritingSettings[Name] | undefined };

/** The settings of this library. One that was never set, or that a later version left in a way not known here, is as by default. */
export function writingSettings({ settings }: Pick<Store, 'settings'>): WritingSettings {
  const stored: unknown = JSON.parse(settings.get(KEY) ?? '{}');
  const known = Object.entries(writingFields).flatMap(([name, field]) => {
    const value = field.safeParse((stored as Record<string, unknown>)[name]);
    return value.success ? [[name, value.data]] : [];
  });
  return { ...DEFAULT_WRITING, ...(Object.fromEntries(known) as Partial<WritingSettings>) };
}

/** The settings for one request, which may have some of its own. @throws CodedError `invalid-input` where they contradict one another */
export function writingFor(store: Pick<Store, 'settings'>, own: Changes = {}): WritingSettings {
  const writing = { ...writingSettings(store), ...definedOf(own) };
  assertConsistent(writing);
  return writing;
}

/** @throws CodedError `invalid-input` where the settings contradict one another; then none is changed */
export function changeWritingSettings(store: Pick<Store, 'settings'>, changes: Changes): WritingSettings {
  const next = writingFor(store, changes);
  store.settings.set(KEY, JSON.stringify(next));
  return next;
}

const definedOf = (changes: Changes): Partial<WritingSettings> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

function assertConsistent({ keepGenres, dropGenres }: Pick<WritingSettings, 'keepGenres' | 'dropGenres'>): void {
  const kept = new Set(keepGenres.map(foldLabel));
  const both = dropGenres.find((genre) => kept.has(foldLabel(genre)));
  if (both !== undefined)
    throw new CodedError('invalid-input', `${both} can't be both kept and dropped. Take it out of one of the lists.`);
}
