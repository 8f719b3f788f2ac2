import type { Stretch } from '../../../core/windows/stretches';
import type { BytesAt } from '../../files/audio-extent';
import { throwIfAborted } from '../stall';
import { findPage, indexOgg, packetsFrom, type OggIndex } from './ogg-index';
import { Filling, SeekFault, WASM_WORTH_SHARE, type FindSeeker } from './seeker';

/**
 * The inside of @wasm-audio-decoders/ogg-vorbis 0.1.20, whose outside takes whole streams only. The version is pinned, and the tests of seeking
 * fail where it is other.
 */
interface PacketDecoder {
  sendSetupHeader(header: Uint8Array): void;
  initDsp(): void;
  decodePackets(packets: readonly Uint8Array[]): {
    readonly channelData: Float32Array[];
    readonly samplesDecoded: number;
    readonly sampleRate: number;
    readonly errors: readonly unknown[];
  };
}

/** Ogg Vorbis by bisection over the pages' positions, decoded by libvorbis in this process. */
export const findVorbis: FindSeeker = async (file, signal) => {
  const index = await indexOgg(file);
  const [identification] = index?.headers ?? [];
  if (index?.codec !== 'Vorbis' || !identification || identification.length < 30) return null;
  // Identification header (Vorbis I section 4.2.2): after "\x01vorbis" the version, channels and rate.
  const sampleRate = Buffer.from(identification).readUInt32LE(12);
  if (sampleRate === 0 || index.end === 0) return null;
  return {
    decoder: 'vorbis (wasm)',
    sampleRate,
    samples: index.end,
    doubt: 0,
    worthShare: WASM_WORTH_SHARE,
    read: (stretches) => read(file, index, sampleRate, stretches, signal),
  };
};

async function* read(
  file: BytesAt,
  index: OggIndex,
  sampleRate: number,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const outside = new OggVorbisDecoder();
  await outside.ready;
  const decoder = (outside as unknown as { readonly _decoder: PacketDecoder })._decoder;
  try {
    for (const header of index.headers) decoder.sendSetupHeader(header);
    decoder.initDsp();
    for (const stretch of stretches) {
      const filling = new Filling(stretch);
      const place = await findPage(file, index, stretch.start, sampleRate);
      let position = place.position === null ? 0 : null;
      for await (const page of packetsFrom(file, index, place.offset)) {
        throwIfAborted(signal);
        const isFirst = page.packets.length > 0 && position === 0;
        // A stream's first packet gives nothing, but for a decoder that was elsewhere before.
        if (isFirst) decoder.decodePackets(page.packets.slice(0, 1));
        const { channelData, samplesDecoded } = decoder.decodePackets(page.packets.slice(isFirst ? 1 : 0));
        if (position === null) {
          // The page that goes before is there for its last block, which overlaps with the first wanted one.
          position = place.position!;
          if (page.packets.length === 0) throw new SeekFault('a page without a whole packet');
          continue;
        }
        filling.add(position, channelData, samplesDecoded);
        position += samplesDecoded;
        const isRight = page.isLast ? position >= index.end : page.position === null || position === page.position;
        if (!isRight) throw new SeekFault(`position ${page.position} is ${position}`);
        if (filling.isFull) break;
      }
      yield filling.finish();
    }
  } finally {
    outside.free();
  }
}
