import type { MethodOutput } from '#shared/contract/methods';
import { audioPath, type AudioSelection } from '#shared/contract/audio';
import { CodedError } from '#shared/domain/failure';
import type { DecoderSet } from '../../adapters/decoders';
import type { AudioContent } from '../../adapters/playback/content';
import { fileContent } from '../../adapters/playback/file-content';
import { openLibraryFile, type LibraryFile } from '../../adapters/playback/library-file';
import { wavContent, wavFormatOf, type WavFormat } from '../../adapters/playback/wav-content';
import type { Store } from '../../store';
import { isFolder, withinReach } from '../paths';
import { respondWith, respondWithFailure, type AudioConditions, type AudioResponse } from './response';

export type { AudioResponse } from './response';

export type AudioRequest = AudioSelection & AudioConditions;

/** Gives the windows the audio of the library's tracks, and of nothing else. */
export interface Playback {
  /** Opens a track for a trial and says where its audio is to be had. @throws CodedError why it can't be heard, with the remedy */
  prepare(selection: AudioSelection): Promise<MethodOutput<'playback.prepare'>>;
  /** Never rejects for what is wrong with the track: that is an answer, too. */
  respond(request: AudioRequest): Promise<AudioResponse>;
}

/** Gives the decoders that are to be used now; without it nothing is decoded for a window. */
export type FindPlaybackDecoders = () => Promise<DecoderSet>;

interface Opened {
  readonly content: AudioContent;
  readonly decoded: boolean;
  readonly close: () => Promise<void>;
}

/** Files of which it is kept how they decode: every seek of a player is a request of its own. */
const KEPT_FORMATS = 32;

export function createPlayback(store: Store, findDecoders: FindPlaybackDecoders): Playback {
  const formats = new Map<string, WavFormat>();

  async function formatOf(file: LibraryFile, decoders: DecoderSet, knownSec: number | null): Promise<WavFormat> {
    const known = formats.get(file.etag);
    if (known) return known;
    const format = await wavFormatOf(file, decoders, knownSec);
    if (formats.size >= KEPT_FORMATS) formats.delete(formats.keys().next().value!);
    formats.set(file.etag, format);
    return format;
  }

  async function open({ trackId, decoded }: AudioSelection): Promise<Opened> {
    const track = store.tracks.byId(trackId);
    if (!track || track.missing) throw new CodedError('not-found', 'This track is not in the library any more.');
    const file = await openTrack(store, track);
    const close = (): Promise<void> => file.handle.close().catch(() => undefined);
    try {
      const plain = decoded ? null : fileContent(file);
      if (plain) return { content: plain, decoded: false, close };
      const decoders = await findDecoders();
      const knownSec = store.rows([trackId])[0]?.durationSec ?? null;
      const format = await formatOf(file, decoders, knownSec);
      return { content: wavContent(file, decoders, format), decoded: true, close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  return {
    async prepare(selection) {
      const { content, decoded, close } = await open(selection);
      await close();
      return { path: audioPath({ ...selection, decoded }), type: content.type, decoded };
    },
    async respond(request) {
      try {
        const { content, close } = await open(request);
        return respondWith(content, request, close);
      } catch (error) {
        return respondWithFailure(error, request.method);
      }
    },
  };
}

/** @throws CodedError as `openLibraryFile`; `not-available` where the folder that the track lies in is away */
async function openTrack(
  store: Store,
  { path, rootId }: { path: string; rootId: number | null },
): Promise<LibraryFile> {
  try {
    return await openLibraryFile(path, withinReach(store));
  } catch (error) {
    const root = rootId === null ? undefined : store.roots.get(rootId);
    if (root && error instanceof CodedError && error.code === 'not-found' && !(await isFolder(root.path)))
      throw new CodedError(
        'not-available',
        `${root.path} can’t be found at the moment, perhaps on a drive that isn’t plugged in; plug it in and try again.`,
      );
    throw error;
  }
}
