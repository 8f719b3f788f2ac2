import type { Handlers } from '#shared/contract/methods';
import type { Context } from '../context';

export const playbackHandlers = ({ playback }: Context): Pick<Handlers, 'playback.prepare' | 'playback.peaks'> => ({
  'playback.prepare': (selection) => playback.prepare(selection),
  'playback.peaks': async ({ trackId, window }) => ({ peaks: await playback.peaks(trackId, window) }),
});
