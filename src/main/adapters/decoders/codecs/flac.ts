import { CodedError } from '#shared/domain/failure';
import type { MonoChunk } from '../mono-chunk';
import { index32, PacketFault, type InWasm, type PacketDecoder, type WasmCommon } from './codec';

/**
 * The inside of @wasm-audio-decoders/flac 0.2.11. Its outside copies all samples three times and takes files apart with a parser that is LGPL. The
 * version is pinned, and the tests of decoding fail where it is other.
 */
interface Inside {
  readonly _common: WasmCommon<{
    create_decoder(...pointers: number[]): number;
    destroy_decoder(decoder: number): void;
    decode_frame(decoder: number, frame: number, length: number): void;
  }>;
  _decoder: number;
  readonly _channels: InWasm<Uint32Array>;
  readonly _sampleRate: InWasm<Uint32Array>;
  readonly _bitsPerSample: InWasm<Uint32Array>;
  readonly _samplesDecoded: InWasm<Uint32Array>;
  readonly _outputBufferPtr: InWasm<Uint32Array>;
  readonly _outputBufferLen: InWasm<Uint32Array>;
  readonly _errorStringPtr: InWasm<Uint32Array>;
  readonly _stateStringPtr: InWasm<Uint32Array>;
}

/** Bits of a sample that the wasm code knows how to scale; with others (12 and 20 are in the standard) it gives rubbish. */
const KNOWN_BITS = [8, 16, 24, 32];

/**
 * libFLAC 1.5. A packet is a frame (RFC 9639 section 9) with nothing behind it, whose CRC-16 is checked.
 * @param head "fLaC" and STREAMINFO as the last block, which says what frames may leave open; null where they have to do without.
 */
export async function createFlacDecoder(head: Uint8Array | null): Promise<PacketDecoder> {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const outside = new FLACDecoder();
  await outside.ready;
  const decoder = new FlacFrames((outside as unknown as { readonly _decoder: Inside })._decoder, head, () =>
    outside.free(),
  );
  decoder.restart();
  return decoder;
}

class FlacFrames implements PacketDecoder {
  private readonly bytes: Uint8Array;
  private readonly floats: Float32Array;
  private offsets = new Uint32Array(2);

  constructor(
    private readonly inside: Inside,
    private readonly head: Uint8Array | null,
    readonly free: () => void,
  ) {
    const { HEAP } = inside._common.wasm;
    this.bytes = new Uint8Array(HEAP);
    this.floats = new Float32Array(HEAP);
  }

  decode(packet: Uint8Array, to: MonoChunk): number {
    const { _common, _samplesDecoded, _outputBufferPtr, _errorStringPtr } = this.inside;
    this.feed(packet);
    const output = _outputBufferPtr.buf[0]!;
    try {
      const error = _errorStringPtr.buf[0]!;
      if (error !== 0) throw new PacketFault(_common.codeToString(error));
      if (output !== 0) this.mix(output, to);
    } finally {
      _common.wasm.free(output);
    }
    return _samplesDecoded.buf[0]!;
  }

  /** It frees what it is given, and leaves the output to be freed. */
  private feed(bytes: Uint8Array): void {
    const { _common, _decoder, _samplesDecoded, _outputBufferPtr, _errorStringPtr } = this.inside;
    const input = _common.wasm.malloc(bytes.length);
    if (input === 0) throw new PacketFault('The frame is too long.');
    this.bytes.set(bytes, input);
    _samplesDecoded.buf[0] = 0;
    _outputBufferPtr.buf[0] = 0;
    _errorStringPtr.buf[0] = 0;
    _common.wasm.decode_frame(_decoder, input, bytes.length);
  }

  private mix(output: number, to: MonoChunk): void {
    const channels = this.inside._channels.buf[0]!;
    const length = this.inside._samplesDecoded.buf[0]!;
    const bits = this.inside._bitsPerSample.buf[0]!;
    if (!KNOWN_BITS.includes(bits))
      throw new CodedError(
        'decode-failed',
        `This FLAC file has samples of ${bits} bits, which the built-in decoder does not know; install ffmpeg to decode it.`,
      );
    if (this.offsets.length !== channels) this.offsets = new Uint32Array(channels);
    for (let c = 0; c < channels; c++) this.offsets[c] = index32(output) + c * length;
    // Whole numbers were divided by the largest one; by 2^(bits-1) they are what every other decoder gives.
    const gain = (2 ** (bits - 1) - 1) / 2 ** (bits - 1);
    to.add({ heap: this.floats, offsets: this.offsets, length }, this.inside._sampleRate.buf[0]!, gain);
  }

  /** What is left of a damaged frame would be taken for the next one's beginning, and a jump in the frames' numbers for lost ones. */
  restart(): void {
    const { inside } = this;
    const { wasm } = inside._common;
    wasm.destroy_decoder(inside._decoder);
    inside._decoder = wasm.create_decoder(
      inside._channels.ptr,
      inside._sampleRate.ptr,
      inside._bitsPerSample.ptr,
      inside._samplesDecoded.ptr,
      inside._outputBufferPtr.ptr,
      inside._outputBufferLen.ptr,
      inside._errorStringPtr.ptr,
      inside._stateStringPtr.ptr,
    );
    if (this.head) this.feed(this.head);
  }
}
