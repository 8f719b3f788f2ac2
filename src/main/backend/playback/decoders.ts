import { createDecoders, findDecoders, type DecoderSet } from '../../adapters/decoders';
import type { Store } from '../../store';
import { listeningSettings } from '../listening-settings';
import type { FindPlaybackDecoders } from './index';

/** The decoders that the listening settings lead to; ffmpeg is looked for once for each setting. How long a file may play is no matter here. */
export function playbackDecoders(store: Pick<Store, 'settings'>): FindPlaybackDecoders {
  let found: { readonly ffmpegPath: string | null; readonly decoders: Promise<DecoderSet> } | null = null;
  return () => {
    const { ffmpegPath } = listeningSettings(store);
    if (found?.ffmpegPath !== ffmpegPath)
      found = { ffmpegPath, decoders: findDecoders(process.env, ffmpegPath).then((setup) => createDecoders(setup)) };
    return found.decoders;
  };
}
