import type { Handlers } from '#shared/contract/methods';
import { DEFAULT_WRITING, type WritingSettings } from '#shared/domain/writing';

/** Settings of writing as the window sees them, kept in memory. */
export function settingsHandlers(changed: () => void): Pick<Handlers, 'settings.writing' | 'settings.setWriting'> {
  let settings: WritingSettings = DEFAULT_WRITING;
  return {
    'settings.writing': () => settings,
    'settings.setWriting': (changes) => {
      settings = { ...settings, ...(changes as Partial<WritingSettings>) };
      changed();
      return settings;
    },
  };
}
