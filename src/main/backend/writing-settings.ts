import { writingFields } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { foldLabel } from '#shared/domain/vocabulary';
import { DEFAULT_WRITING, type WritingSettings } from '#shared/domain/writing';
import type { Store } from '../store';
import { definedOf, storedSettings } from './stored-settings';

const KEY = 'writing';

type Changes = { readonly [Name in keyof WritingSettings]?: WritingSettings[Name] | undefined };

/** The settings of this library. */
export const writingSettings = (store: Pick<Store, 'settings'>): WritingSettings =>
  storedSettings(store, KEY, writingFields, DEFAULT_WRITING);

/** The settings for one request, which may have some of its own. @throws CodedError `invalid-input` where they contradict one another */
export function writingFor(store: Pick<Store, 'settings'>, own: Changes = {}): WritingSettings {
  const writing = { ...writingSettings(store), ...definedOf<WritingSettings>(own) };
  assertConsistent(writing);
  return writing;
}

/** @throws CodedError `invalid-input` where the settings contradict one another; then none is changed */
export function changeWritingSettings(store: Pick<Store, 'settings'>, changes: Changes): WritingSettings {
  const next = writingFor(store, changes);
  store.settings.set(KEY, JSON.stringify(next));
  return next;
}

function assertConsistent({ keepGenres, dropGenres }: Pick<WritingSettings, 'keepGenres' | 'dropGenres'>): void {
  const kept = new Set(keepGenres.map(foldLabel));
  const both = dropGenres.find((genre) => kept.has(foldLabel(genre)));
  if (both !== undefined)
    throw new CodedError('invalid-input', `${both} can't be both kept and dropped. Take it out of one of the lists.`);
}
