import { UMAP } from 'umap-js';
import { principalComponents, project } from '#shared/domain/principal-components';
import { layOutByTsne } from '#shared/domain/t-sne';
import type { FromWorker, NearKind, ToWorker } from './map-messages';

/** Lays the library out as a map, away from the window's own thread. */

/** Both take minutes over more, in one thread. */
const MOST_POINTS = { umap: 4000, tsne: 2500 } as const;
/** Neighbours are looked for among so many principal components: what is beyond is noise, and costs time. */
const NEAR_DIMENSIONS = 24;
const NEIGHBOURS = 15;

const parts: Float32Array[] = [];
let dimensions = 0;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  try {
    switch (data.kind) {
      case 'add':
        dimensions = data.dimensions;
        parts.push(unitVectors(data.vectors, dimensions));
        return;
      case 'pca':
        layOutByPca();
        return;
      case 'umap':
      case 'tsne':
        layOutByNeighbours(data.kind);
        return;
    }
  } catch (error) {
    post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
};

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

function layOutByPca(): void {
  const points = joined();
  const found = principalComponents(points, dimensions, 2);
  const places = project(points, dimensions, found);
  post({ kind: 'pca', places: twoSided(places, found.axes.length), explained: found.explained });
}

/** Where all points lie on one line or in one place. */
function twoSided(places: Float32Array, axes: number): Float32Array {
  if (axes === 2) return places;
  const count = parts.reduce((sum, part) => sum + part.length / dimensions, 0);
  return Float32Array.from({ length: 2 * count }, (_, i) => (axes === 1 && i % 2 === 0 ? places[i / 2]! : 0));
}

/** Of very many points, evenly spaced ones are taken. */
function layOutByNeighbours(kind: NearKind): void {
  const points = joined();
  const count = points.length / dimensions;
  const taken = Math.min(count, MOST_POINTS[kind]);
  const chosen = Uint32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
  const found = principalComponents(points, dimensions, NEAR_DIMENSIONS);
  const reduced = project(points, dimensions, found);
  const size = found.axes.length;
  const rows = Array.from(chosen, (row) => reduced.subarray(row * size, (row + 1) * size));
  post({ kind: 'near', places: kind === 'umap' ? byUmap(rows) : byTsne(rows, size), chosen });
}

function byUmap(rows: readonly Float32Array[]): Float32Array {
  const data = rows.map((row) => Array.from(row));
  // The same library gives the same map.
  const umap = new UMAP({ nComponents: 2, nNeighbors: Math.min(NEIGHBOURS, rows.length - 1), random: seededRandom() });
  const epochs = umap.initializeFit(data);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    if (epoch % 10 === 0) post({ kind: 'progress', share: epoch / epochs });
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

function byTsne(rows: readonly Float32Array[], size: number): Float32Array {
  const points = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    points.set(row, i * size);
  });
  for (const layout = layOutByTsne(points, size); ;) {
    const next = layout.next();
    if (next.done) return next.value;
    post({ kind: 'progress', share: next.value });
  }
}

function joined(): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  parts.splice(0, parts.length, all);
  return all;
}

/** Signed bytes in base64 as vectors of length 1, row-major. */
function unitVectors(base64: string, size: number): Float32Array {
  const text = atob(base64);
  const bytes = new Int8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const vectors = Float32Array.from(bytes);
  for (let row = 0; row < vectors.length; row += size) {
    const vector = vectors.subarray(row, row + size);
    const length = Math.hypot(...vector) || 1;
    for (let i = 0; i < size; i++) vector[i]! /= length;
  }
  return vectors;
}

/** mulberry32 */
function seededRandom(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
