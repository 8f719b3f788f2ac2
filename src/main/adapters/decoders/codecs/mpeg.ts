import type { MonoChunk } from '../mono-chunk';
import type { Warn } from '../stream';
import { index32, type InWasm, type WasmCommon } from './codec';

/** The inside of mpg123-decoder 1.0.3, pinned as the others are. */
interface Inside {
  readonly _common: WasmCommon<{
    mpeg_decoder_feed(decoder: number, bytes: number, length: number): number;
    mpeg_decoder_read(decoder: number, ...outputAndPointers: number[]): number;
  }>;
  readonly _decoder: number;
  readonly _input: InWasm<Uint8Array>;
  readonly _output: InWasm<Float32Array>;
  readonly _samplesDecodedPtr: InWasm<Uint32Array>;
  readonly _sampleRatePtr: InWasm<Uint32Array>;
  readonly _errorStringPtr: InWasm<Uint32Array>;
}

/** MPEG-1, 2 and 2.5 audio, layers I to III. Takes any pieces of a stream, and looks for the frames itself. */
export interface MpegDecoder {
  decode(bytes: Uint8Array, to: MonoChunk, warn: Warn): void;
  restart(): Promise<void>;
  free(): void;
}

const NEW_FORMAT = -11;
const NEED_MORE = -10;

/** libmpg123. @param gapless whether to leave out what the encoder added, as its header (LAME tag) says. */
export async function createMpegDecoder(gapless: boolean): Promise<MpegDecoder> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const outside = new MPEGDecoder({ enableGapless: gapless });
  await outside.ready;
  const inside = outside as unknown as Inside;
  return {
    decode: (bytes, to, warn) => {
      const { length } = inside._input.buf;
      for (let at = 0; at < bytes.length; at += length) decodePiece(inside, bytes.subarray(at, at + length), to, warn);
    },
    restart: () => outside.reset(),
    free: () => outside.free(),
  };
}

function decodePiece(inside: Inside, piece: Uint8Array, to: MonoChunk, warn: Warn): void {
  const { _common, _decoder, _input, _output, _samplesDecodedPtr, _sampleRatePtr, _errorStringPtr } = inside;
  const { wasm } = _common;
  _input.buf.set(piece);
  if (wasm.mpeg_decoder_feed(_decoder, _input.ptr, piece.length) === NEED_MORE) return;
  const heap = new Float32Array(wasm.HEAP);
  const offsets = new Uint32Array(2);
  for (;;) {
    _samplesDecodedPtr.buf[0] = 0;
    const status = wasm.mpeg_decoder_read(
      _decoder,
      _output.ptr,
      _output.buf.length,
      _samplesDecodedPtr.ptr,
      _sampleRatePtr.ptr,
      _errorStringPtr.ptr,
    );
    const length = _samplesDecodedPtr.buf[0];
    offsets[0] = index32(_output.ptr);
    offsets[1] = offsets[0] + length;
    to.add({ heap, offsets, length }, _sampleRatePtr.buf[0]!);
    if (status === NEED_MORE) return;
    if (status === 0 || status === NEW_FORMAT) continue;
    warn(`${status} ${_common.codeToString(_errorStringPtr.buf[0]!)}`);
    if (length === 0) return;
  }
}
