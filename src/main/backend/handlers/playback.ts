import type { Handlers } from '#shared/contract/methods';
import type { Context } from '../context';

export const playbackHandlers = ({ playback }: Context): Pick<Handlers, 'playback.prepare'> => ({
  'playback.prepare': (selection) => playback.prepare(selection),
});
