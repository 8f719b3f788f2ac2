import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { DEFAULT_LISTENING, type ListeningSettings } from '#shared/domain/listening';
import { DEFAULT_WRITING, type WritingSettings } from '#shared/domain/writing';

type Names =
  'settings.writing' | 'settings.setWriting' | 'settings.listening' | 'settings.setListening' | 'window.inFront';

/** Settings as the window sees them, kept in memory. */
export function settingsHandlers(
  changed: () => void,
): Pick<Handlers, Names> & { 'settings.writing': () => WritingSettings } {
  let settings: WritingSettings = DEFAULT_WRITING;
  let listening: ListeningSettings = DEFAULT_LISTENING;
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
    'window.inFront': () => ({}),
    'settings.listening': () => listening,
    'settings.setListening': (changes) => {
      const next = { ...listening, ...(changes as Partial<ListeningSettings>) };
      if (next.ffmpegPath !== null && !next.ffmpegPath.startsWith('/'))
        throw new CodedError('invalid-input', `${next.ffmpegPath} is no full path.`);
      listening = next;
      return listening;
    },
  };
}
