/** A present track as the scan's comparison needs it. */
export interface KnownFile {
  readonly id: number;
  readonly path: string;
  readonly size: number;
  readonly mtimeNs: string;
  /** Nothing but size and time is to be compared: it belongs where the scan says, and the last scan could read it. */
  readonly settled: boolean;
}

/** What a walk tells of a file. */
type Met = Pick<KnownFile, 'path' | 'size' | 'mtimeNs'>;

/** At most so much of the table is taken, so that a search ends soon. */
const FILLED = 0.5;

/**
 * The present tracks of a folder, so that a walk need not ask the store about each file. Kept by a hash of 64 bits instead of
 * the path: 37 bytes a track and no objects. Whatever it is not sure of, it leaves to the store.
 */
export class KnownFiles {
  private count = 0;
  private ids = new Int32Array(64);
  private hashes = new Uint32Array(128);
  private sizes = new Float64Array(64);
  private mtimes = new BigInt64Array(64);
  private settled = new Uint8Array(64);
  private met = new Uint8Array(64);
  /** Open addressing: number of a track plus one, 0 where there is none. */
  private table = new Int32Array(128);

  /** @param hash writes 64 bits for a path; one of our own unless a test needs paths that share it. */
  constructor(private readonly hash: typeof hashPath = hashPath) {}

  /** Tracks come in the order of their ids. */
  add({ id, path, size, mtimeNs, settled }: KnownFile): void {
    if (this.count === this.ids.length) this.grow();
    const at = this.count++;
    this.ids[at] = id;
    this.sizes[at] = size;
    this.mtimes[at] = BigInt(mtimeNs);
    this.settled[at] = Number(settled);
    this.hash(path, this.hashes, at * 2);
    this.enter(at);
  }

  /** The id of the track that is this very file, unchanged; null if there is none, or the store has to be asked. */
  unchanged({ path, size, mtimeNs }: Met): number | null {
    this.hash(path, probe, 0);
    const at = this.find(probe, 0);
    if (at < 0 || this.settled[at] !== 1) return null;
    if (this.sizes[at] !== size || this.mtimes[at] !== BigInt(mtimeNs)) return null;
    this.met[at] = 1;
    return this.ids[at]!;
  }

  /** A track that the store was asked about was met on the walk. */
  meet(id: number): void {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    if (low < this.count && this.ids[low] === id) this.met[low] = 1;
  }

  /** Ids of the tracks that were not met. */
  missed(): number[] {
    const missed: number[] = [];
    for (let at = 0; at < this.count; at++) if (this.met[at] === 0) missed.push(this.ids[at]!);
    return missed;
  }

  private enter(at: number): void {
    const twin = this.find(this.hashes, at * 2);
    if (twin >= 0) {
      // Two paths of one hash: the store knows them apart.
      this.settled[twin] = this.settled[at] = 0;
      return;
    }
    const mask = this.table.length - 1;
    let place = this.hashes[at * 2]! & mask;
    while (this.table[place] !== 0) place = (place + 1) & mask;
    this.table[place] = at + 1;
  }

  /** The track with the hash that stands at `offset` of `hashes`, -1 if there is none. */
  private find(hashes: Uint32Array, offset: number): number {
    const mask = this.table.length - 1;
    const [first, second] = [hashes[offset]!, hashes[offset + 1]!];
    for (let place = first & mask; this.table[place] !== 0; place = (place + 1) & mask) {
      const at = this.table[place]! - 1;
      if (this.hashes[at * 2] === first && this.hashes[at * 2 + 1] === second) return at;
    }
    return -1;
  }

  private grow(): void {
    const size = this.ids.length * 2;
    this.ids = copied(this.ids, new Int32Array(size));
    this.hashes = copied(this.hashes, new Uint32Array(size * 2));
    this.sizes = copied(this.sizes, new Float64Array(size));
    this.mtimes = copied(this.mtimes, new BigInt64Array(size));
    this.settled = copied(this.settled, new Uint8Array(size));
    this.met = copied(this.met, new Uint8Array(size));
    this.table = new Int32Array(size / FILLED);
    for (let at = 0; at < this.count; at++) this.enter(at);
  }
}

const probe = new Uint32Array(2);

function copied<T extends { set(values: ArrayLike<never>): void }>(from: T, to: T): T {
  to.set(from as unknown as ArrayLike<never>);
  return to;
}

/** Two lanes of multiply and xor over UTF-16 units, mixed with one another at the end (after "cyrb53", public domain). */
function hashPath(path: string, into: Uint32Array, offset: number): void {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < path.length; i++) {
    const unit = path.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  into[offset] = a;
  into[offset + 1] = b;
}
