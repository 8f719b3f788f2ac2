import type { Handlers } from '#shared/contract/methods';
import type { Context } from '../context';
import { changeListeningSettings, listeningSettings } from '../listening-settings';
import { changeWritingSettings, writingSettings } from '../writing-settings';

type Names =
  'settings.writing' | 'settings.setWriting' | 'settings.listening' | 'settings.setListening' | 'window.inFront';

export function settingsHandlers({ store, session, machine, events }: Context): Pick<Handlers, Names> {
  return {
    'settings.writing': () => writingSettings(store),
    'settings.setWriting': (changes) => {
      const settings = changeWritingSettings(store, changes);
      events.emit('settings.changed', { of: 'writing' });
      events.emit('library.changed', {});
      return settings;
    },
    'settings.listening': () => listeningSettings(store),
    'settings.setListening': async (changes) => {
      const settings = await changeListeningSettings(store, changes);
      session.settingsChanged();
      machine.settingsChanged();
      events.emit('settings.changed', { of: 'listening' });
      return settings;
    },
    'window.inFront': ({ window, inFront }) => {
      machine.windowInFront(window, inFront);
      return {};
    },
  };
}
