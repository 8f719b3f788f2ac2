import { CodedError } from '#shared/domain/failure';
import type { MonoChunk } from '../mono-chunk';
import { index32, PacketFault, type InWasm, type PacketDecoder, type WasmCommon } from './codec';

/**
 * The inside of @wasm-audio-decoders/ogg-vorbis 0.1.20. Its outside takes whole streams only, apart with a parser that is LGPL. The version is
 * pinned, and the tests of decoding fail where it is other.
 */
interface Inside {
  readonly _common: WasmCommon<{ decode_packets(decoder: number): void }>;
  readonly _decoder: number;
  readonly _input: InWasm<Uint8Array>;
  readonly _inputLen: InWasm<Uint32Array>;
  readonly _outputBufferPtr: InWasm<Uint32Array>;
  readonly _channels: InWasm<Uint32Array>;
  readonly _sampleRate: InWasm<Uint32Array>;
  readonly _samplesDecoded: InWasm<Uint32Array>;
  readonly _errors: InWasm<Uint32Array>;
  readonly _errorsLength: InWasm<Int32Array>;
  sendSetupHeader(header: Uint8Array): void;
  initDsp(): void;
}

/** libvorbis. @param headers the identification and the setup header (Vorbis I section 4.2); throws `decode-failed` where they are damaged. */
export async function createVorbisDecoder(identification: Uint8Array, setup: Uint8Array): Promise<PacketDecoder> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const outside = new OggVorbisDecoder();
  await outside.ready;
  const inside = (outside as unknown as { readonly _decoder: Inside })._decoder;
  const free = (): void => outside.free();
  const isRight = (work: () => void): boolean => {
    work();
    return inside._errorsLength.buf[0] === 0;
  };
  const isSound =
    [identification, setup].every(
      (header) => header.length <= inside._input.buf.length && isRight(() => inside.sendSetupHeader(header)),
    ) && isRight(() => inside.initDsp());
  if (isSound) return new VorbisPackets(inside, free);
  throw new CodedError(
    'decode-failed',
    'The headers of this Vorbis stream are damaged: replace the file by a sound copy.',
  );
}

class VorbisPackets implements PacketDecoder {
  private readonly pointers: Uint32Array;
  private readonly floats: Float32Array;
  private readonly offsets: Uint32Array;

  constructor(
    private readonly inside: Inside,
    readonly free: () => void,
  ) {
    const { HEAP } = inside._common.wasm;
    this.pointers = new Uint32Array(HEAP);
    this.floats = new Float32Array(HEAP);
    this.offsets = new Uint32Array(inside._channels.buf[0]!);
  }

  decode(packet: Uint8Array, to: MonoChunk): number {
    const { inside, offsets } = this;
    if (packet.length === 0 || packet.length > inside._input.buf.length)
      throw new PacketFault(`A packet has ${packet.length} bytes.`);
    inside._input.buf.set(packet);
    inside._inputLen.buf[0] = packet.length;
    inside._common.wasm.decode_packets(inside._decoder);
    const length = inside._samplesDecoded.buf[0]!;
    if (inside._errorsLength.buf[0] !== 0) throw this.fault();
    const channels = index32(inside._outputBufferPtr.buf[0]!);
    for (let c = 0; c < offsets.length; c++) offsets[c] = index32(this.pointers[channels + c]!);
    to.add({ heap: this.floats, offsets, length }, inside._sampleRate.buf[0]!);
    return length;
  }

  private fault(): PacketFault {
    const { _common, _errors, _errorsLength } = this.inside;
    _errorsLength.buf[0] = 0;
    return new PacketFault(_common.codeToString(_errors.buf[0]!));
  }

  /** Of the packet before nothing but its half of an overlap is kept. */
  restart(): void {}
}
