/**
 * In place of codec-parser (LGPL-3.0-or-later), see `overrides` in package.json: only the names that @wasm-audio-decoders/flac and
 * @wasm-audio-decoders/ogg-vorbis import from it. What they do with them is never called; src/main/adapters/decoders gives frames and packets to
 * the decoders inside.
 */
export default class NoCodecParser {}

export const codecFrames = Symbol('codecFrames');
export const data = Symbol('data');
export const header = Symbol('header');
export const isLastPage = Symbol('isLastPage');
export const totalSamples = Symbol('totalSamples');
export const vorbisComments = Symbol('vorbisComments');
export const vorbisSetup = Symbol('vorbisSetup');
