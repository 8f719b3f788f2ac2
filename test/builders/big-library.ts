import { createHash } from 'node:crypto';
import { CLASSIC_GENRES } from '#shared/domain/vocabulary';
import { openStore, type ActiveModel, type Store } from '../../src/main/store';
import { fakeResult } from './fake-analysis';

const FAKE: ActiveModel = { model: 'fake@1.0.0', frontEnd: 'fake-1' };

/**
 * A library of `count` made-up tracks in albums of twelve: nine of ten analysed, one of three with an own genre, some decided,
 * some failed. The same numbers give the same library.
 *
 * @param plan that its tracks were heard with
 * @param active the model and front end that they were heard by
 * @param embedded how many values their embeddings have; 0: none, nor a place on the plane of moods
 */
export function buildBigLibrary(path: string, count: number, plan = 'all', active = FAKE, embedded = 0): Store {
  const store = openStore(path);
  store.activate(active);
  store.transaction(() => {
    const root = store.roots.add('/music', 0);
    for (let n = 0; n < count; n++) addTrack(store, root.id, n, plan, active, embedded);
  });
  return store;
}

function addTrack(store: Store, rootId: number, n: number, plan: string, active: ActiveModel, embedded: number): void {
  const album = Math.floor(n / 12);
  const artist = Math.floor(album / 5);
  const title = `${word(n)} ${word(n * 7 + 3)} ${n}`;
  const id = store.tracks.insert(
    {
      path: `/music/Artist ${artist}/Album ${album}/${String(n % 12).padStart(2, '0')} ${title}.mp3`,
      rootId,
      size: 5_000_000 + n,
      mtimeNs: String(1_700_000_000_000_000_000n + BigInt(n)),
      inode: String(n),
      contentHash: null,
      tags: {
        title,
        artist: `Artist ${artist}`,
        album: n % 50 === 0 ? null : `Album ${word(album)} ${album}`,
        albumArtist: null,
        year: 1950 + (album % 70),
        trackNumber: n % 12,
        genres: n % 3 === 0 ? [CLASSIC_GENRES[n % 10]!] : [],
        moods: [],
        durationSec: 120 + (n % 240),
        bitrate: 320_000,
        sampleRate: 44_100,
        container: 'MPEG',
        codec: 'MPEG 1 Layer 3',
        rating: n % 5 === 0 ? (n % 11) / 2 : null,
        texts: n % 4 === 0 ? { COMPOSER: [`Composer ${artist % 100}`] } : {},
      },
    },
    n,
  );
  if (n % 100 === 99)
    store.failures.set(`/music/${n}`, 'analysis', id, { code: 'decode-failed', message: 'Damaged.' }, n);
  else if (n % 10 !== 9) store.results.store(id, resultOf(n, active, embedded), plan, n);
  if (n % 40 === 1)
    store.decisions.set([{ trackId: id, decision: { action: 'change', genres: ['Rock'], moods: [], decidedAt: n } }]);
}

const resultOf = (n: number, { model, frontEnd }: ActiveModel, embedded: number) => ({
  ...fakeResult(
    createHash('sha256')
      .update(String(n))
      .digest()
      .map((byte) => byte % 100),
    model,
    frontEnd,
  ),
  ...(embedded > 0 && {
    affect: { valence: waveOf(n, 0), arousal: waveOf(n, 1), valenceSpread: 0.1, arousalSpread: 0.1 },
    embedding: Float32Array.from({ length: embedded }, (_, i) => waveOf(n, i + 2)),
  }),
});

/** -1..1, as if drawn; the same for the same numbers. */
const waveOf = (n: number, i: number): number => Math.sin(n * 12.9898 + i * 78.233 + n * i * 0.37);

const SYLLABLES = ['ka', 'lo', 'mi', 'ré', 'su', 'ta', 'vo', 'zen', 'bra', 'dol'];
const word = (n: number): string => [n, n / 10, n / 100].map((part) => SYLLABLES[Math.floor(part) % 10]!).join('');
