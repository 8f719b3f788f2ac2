import type { Stretch } from '../../../core/windows/stretches';
import type { BytesAt } from '../../files/audio-extent';
import { createOpusDecoder, OPUS_RATE, opusSamples, parseOpusHead, type OpusHead } from '../codecs/opus';
import { MonoChunk } from '../mono-chunk';
import { throwIfAborted } from '../stall';
import { findPage, indexOgg, packetsFrom, type OggIndex } from './ogg-index';
import { Filling, SeekFault, WASM_WORTH_SHARE, type FindSeeker } from './seeker';

/** Samples by which a decoder has come near to where it would be: twice what RFC 7845 section 4.6 asks for, by which it is some 15 times nearer. */
const PRE_ROLL = 7680;

/** Ogg Opus by bisection over the pages' positions, decoded by libopus in this process. */
export const findOpus: FindSeeker = async (file, signal) => {
  const index = await indexOgg(file);
  if (index?.codec !== 'Opus') return null;
  const head = parseOpusHead(index.headers[0]!);
  if (!head || index.end <= head.preSkip || !(await beginsAtZero(file, index))) return null;
  return {
    decoder: 'opus (wasm)',
    sampleRate: OPUS_RATE,
    samples: index.end - head.preSkip,
    doubt: 0,
    worthShare: WASM_WORTH_SHARE,
    read: (stretches) => read(file, index, head, stretches, signal),
  };
};

/** A stream may be cut out of a longer one, and its clock then begins elsewhere. */
async function beginsAtZero(file: BytesAt, index: OggIndex): Promise<boolean> {
  let position = 0;
  for await (const page of packetsFrom(file, index, index.start)) {
    for (const packet of page.packets) position += opusSamples(packet);
    if (page.position !== null) return page.isLast ? page.position <= position : page.position === position;
  }
  return false;
}

async function* read(
  file: BytesAt,
  index: OggIndex,
  head: OpusHead,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const { preSkip } = head;
  const chunk = new MonoChunk();
  let decoder = await createOpusDecoder(head);
  try {
    for (const [i, stretch] of stretches.entries()) {
      const filling = new Filling(stretch);
      // By the stream's clock, which begins before the music.
      const begin = Math.max(0, stretch.start + preSkip - PRE_ROLL);
      const place = await findPage(file, index, begin, OPUS_RATE);
      let position = place.position === null ? 0 : null;
      if (i > 0 && begin === 0) {
        decoder.free();
        decoder = await createOpusDecoder(head);
      }
      for await (const page of packetsFrom(file, index, place.offset)) {
        throwIfAborted(signal);
        if (position === null) {
          position = place.position!;
          continue;
        }
        const end = page.packets.reduce((sum, packet) => sum + opusSamples(packet), position);
        const isRight = page.isLast ? end >= index.end : page.position === null || end === page.position;
        if (!isRight) throw new SeekFault(`position ${page.position} is ${end}`);
        for (const packet of page.packets) {
          position += opusSamples(packet);
          if (position <= begin) continue;
          filling.add(position - preSkip - decoder.decode(packet, chunk), chunk.samples);
          chunk.empty();
        }
        if (filling.isFull) break;
      }
      yield filling.finish();
    }
  } finally {
    decoder.free();
  }
}
