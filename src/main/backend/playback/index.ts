import type { MethodOutput } from '#shared/contract/methods';
import {
  audioPath,
  EVALUATED_FROM,
  PEAK_PARTS,
  SPECTROGRAM_BANDS,
  SPECTROGRAM_COLUMNS,
  SPECTROGRAM_TOP_HZ,
  type AudioSelection,
} from '#shared/contract/audio';
import { CodedError } from '#shared/domain/failure';
import type { DecoderSet } from '../../adapters/decoders';
import type { AudioContent } from '../../adapters/playback/content';
import { fileContent } from '../../adapters/playback/file-content';
import { findLibraryFile, type LibraryFile } from '../../adapters/playback/library-file';
import { peaksOf } from '../../adapters/playback/peaks';
import { spectrogramOf } from '../../adapters/playback/spectrogram';
import { wavContent, wavFormatOf, type WavFormat } from '../../adapters/playback/wav-content';
import { DEFAULT_MEL } from '../../analysis/features';
import type { MelParameters } from '../../core/dsp/mel';
import type { Store } from '../../store';
import { UNCONFINED, type Confinement } from '../confinement';
import { isFolder, withinReach } from '../paths';
import { respondWith, respondWithFailure, type AudioConditions, type AudioResponse } from './response';

export type { AudioResponse } from './response';

export type AudioRequest = AudioSelection & AudioConditions;

/** Gives the windows the audio of the library's tracks and of the last evaluation's, and of nothing else. */
export interface Playback {
  /** Opens a track for a trial and says where its audio is to be had. @throws CodedError why it can't be heard, with the remedy */
  prepare(selection: AudioSelection): Promise<MethodOutput<'playback.prepare'>>;
  /** See the contract. @throws CodedError as `prepare`, and `cancelled` */
  peaks(trackId: number, window: string): Promise<number[]>;
  /** See the contract: [columns, SPECTROGRAM_BANDS]. @throws CodedError as `peaks` */
  spectrogram(trackId: number, window: string): Promise<Uint8Array>;
  /** Never rejects for what is wrong with the track: that is an answer, too. */
  respond(request: AudioRequest): Promise<AudioResponse>;
}

/** Gives the decoders that are to be used now; without it nothing is decoded for a window. */
export type FindPlaybackDecoders = () => Promise<DecoderSet>;

interface Opened {
  readonly content: AudioContent;
  readonly decoded: boolean;
}

/** The bundled models' front end with fewer bands, which is what the eye can tell apart. */
const PICTURE: MelParameters = { ...DEFAULT_MEL, nMels: SPECTROGRAM_BANDS, fMax: SPECTROGRAM_TOP_HZ };

/** Files of which it is kept how they decode: every seek of a player is a request of its own. */
const KEPT_FORMATS = 32;

export function createPlayback(
  store: Store,
  findDecoders: FindPlaybackDecoders,
  confinement: Confinement = UNCONFINED,
  evaluated: (trackId: number) => string | null = () => null,
): Playback {
  const fileOf = (trackId: number): Promise<LibraryFile> =>
    trackId >= EVALUATED_FROM
      ? findEvaluatedFile(evaluated(trackId), confinement)
      : findTrackFile(store, trackId, confinement);
  const formats = new Map<string, WavFormat>();
  const measuring = new Map<string, AbortController>();

  async function formatOf(file: LibraryFile, decoders: DecoderSet, trackId: number): Promise<WavFormat> {
    const known = formats.get(file.etag);
    if (known) return known;
    const format = await wavFormatOf(file, decoders, store.rows([trackId])[0]?.durationSec ?? null);
    if (formats.size >= KEPT_FORMATS) formats.delete(formats.keys().next().value!);
    formats.set(file.etag, format);
    return format;
  }

  async function open({ trackId, decoded }: AudioSelection): Promise<Opened> {
    const file = await fileOf(trackId);
    const plain = decoded ? null : fileContent(file);
    if (plain) return { content: plain, decoded: false };
    const decoders = await findDecoders();
    return { content: wavContent(file, decoders, await formatOf(file, decoders, trackId)), decoded: true };
  }

  /** Work on a whole track for somebody, which ends what the same one asked for before. */
  async function measured<T>(
    who: string,
    trackId: number,
    work: (opened: { file: LibraryFile; decoders: DecoderSet; format: WavFormat }, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    measuring.get(who)?.abort();
    const own = new AbortController();
    measuring.set(who, own);
    try {
      const file = await fileOf(trackId);
      const decoders = await findDecoders();
      return await work({ file, decoders, format: await formatOf(file, decoders, trackId) }, own.signal);
    } finally {
      if (measuring.get(who) === own) measuring.delete(who);
    }
  }

  return {
    async prepare(selection) {
      const { content, decoded } = await open(selection);
      return { path: audioPath({ ...selection, decoded }), type: content.type, decoded };
    },
    peaks: (trackId, window) =>
      measured(`peaks ${window}`, trackId, ({ file, decoders, format }, signal) =>
        peaksOf(file, decoders, format.samples, PEAK_PARTS, signal),
      ),
    spectrogram: (trackId, window) =>
      measured(`spectrogram ${window}`, trackId, ({ file, decoders, format }, signal) =>
        spectrogramOf(file, decoders, format, PICTURE, SPECTROGRAM_COLUMNS, signal),
      ),
    async respond(request) {
      try {
        return respondWith((await open(request)).content, request);
      } catch (error) {
        return respondWithFailure(error, request.method);
      }
    },
  };
}

/** A file that somebody had heard for an evaluation. @throws CodedError as `findLibraryFile` */
function findEvaluatedFile(path: string | null, { covers }: Confinement): Promise<LibraryFile> {
  if (path === null)
    return Promise.reject(
      new CodedError('not-found', 'This track was of an earlier evaluation; begin that one anew to hear it.'),
    );
  return findLibraryFile(path, covers);
}

/** @throws CodedError as `findLibraryFile`; `not-available` where the folder that the track lies in is away */
async function findTrackFile(store: Store, trackId: number, { covers }: Confinement): Promise<LibraryFile> {
  const track = store.tracks.byId(trackId);
  if (!track || track.missing) throw new CodedError('not-found', 'This track is not in the library any more.');
  const isInLibrary = withinReach(store);
  try {
    return await findLibraryFile(track.path, (path) => covers(path) && isInLibrary(path));
  } catch (error) {
    const root = track.rootId === null ? undefined : store.roots.get(track.rootId);
    if (root && error instanceof CodedError && error.code === 'not-found' && !(await isFolder(root.path)))
      throw new CodedError(
        'not-available',
        `${root.path} can’t be found at the moment, perhaps on a drive that isn’t plugged in; plug it in and try again.`,
      );
    throw error;
  }
}
