import type { Handlers } from '#shared/contract/methods';
import type { Context } from '../context';
import { changeWritingSettings, writingSettings } from '../writing-settings';

export function settingsHandlers({
  store,
  events,
}: Context): Pick<Handlers, 'settings.writing' | 'settings.setWriting'> {
  return {
    'settings.writing': () => writingSettings(store),
    'settings.setWriting': (changes) => {
      const settings = changeWritingSettings(store, changes);
      events.emit('library.changed', {});
      return settings;
    },
  };
}
