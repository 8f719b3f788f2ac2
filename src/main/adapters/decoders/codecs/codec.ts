import type { MonoChunk } from '../mono-chunk';

/** A decoder of one codec in WebAssembly, in this process. It is fed with whole packets (frames) of one stream. */
export interface PacketDecoder {
  /**
   * Decodes a packet and adds its samples to the chunk, mixed to mono. Throws a `PacketFault` for one that is damaged, after which the next may
   * follow, and a `CodedError` for a stream that can't be decoded here.
   * @returns samples of each channel by which the stream goes on.
   */
  decode(packet: Uint8Array, to: MonoChunk): number;
  /** Forgets all packets, as if the next were the first. */
  restart(): void;
  free(): void;
}

/** A packet that is damaged; the message is the library's own. */
export class PacketFault extends Error {}

/** What all decoders of eshaz/wasm-audio-decoders have inside, as far as it is used here. Their memory never grows, so views of it stay valid. */
export interface WasmCommon<Functions> {
  readonly wasm: Functions & {
    readonly HEAP: ArrayBuffer;
    malloc(bytes: number): number;
    free(pointer: number): void;
  };
  codeToString(pointer: number): string;
}

/** A number or an array in the decoder's memory. */
export interface InWasm<A> {
  readonly ptr: number;
  readonly buf: A;
}

/** A pointer in the decoder's memory as an index of four-byte numbers. */
export const index32 = (pointer: number): number => pointer >>> 2;
