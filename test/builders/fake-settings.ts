import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { DEFAULT_WRITING, type WritingSettings } from '#shared/domain/writing';

/** Settings of writing as the window sees them, kept in memory. */
export function settingsHandlers(changed: () => void): Pick<Handlers, 'settings.writing' | 'settings.setWriting'> {
  let settings: WritingSettings = DEFAULT_WRITING;
  return {
    'settings.writing': () => settings,
    'settings.setWriting': (changes) => {
      const next = { ...settings, ...(changes as Partial<WritingSettings>) };
      const both = next.keepGenres.find((genre) => next.dropGenres.includes(genre));
      if (both !== undefined) throw new CodedError('invalid-input', `${both} can't be both kept and dropped.`);
      settings = next;
      changed();
      return settings;
    },
  };
}
