import { SPECTROGRAM_BANDS } from '#shared/contract/audio';
import type { Handlers } from '#shared/contract/methods';
import type { Context } from '../context';

type Names = 'playback.prepare' | 'playback.peaks' | 'playback.spectrogram';

export const playbackHandlers = ({ playback }: Context): Pick<Handlers, Names> => ({
  'playback.prepare': (selection) => playback.prepare(selection),
  'playback.peaks': async ({ trackId, window }) => ({ peaks: await playback.peaks(trackId, window) }),
  'playback.spectrogram': async ({ trackId, window }) => {
    const image = await playback.spectrogram(trackId, window);
    return { columns: image.length / SPECTROGRAM_BANDS, image: Buffer.from(image).toString('base64') };
  },
});
