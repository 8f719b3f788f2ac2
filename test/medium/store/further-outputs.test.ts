import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackAnalysis, Verdict } from '#shared/domain/analysis';
import { openStore, type Store } from '../../../src/main/store';
import { openDatabase } from '../../../src/main/store/driver';
import { MIGRATIONS } from '../../../src/main/store/migrations';
import { temporaryFolder } from '../../builders/backend';
import { fakeResult, withoutGenre } from '../../builders/fake-analysis';

const MODEL = { model: 'fake@1.0.0', frontEnd: 'fake-1' };
let folder: ReturnType<typeof temporaryFolder>;
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'library.db');
});
afterEach(() => {
  folder.cleanUp();
});

function addTrack(store: Store, name: string): number {
  const file = {
    path: `/music/${name}`,
    rootId: null,
    size: 1,
    mtimeNs: '1',
    inode: name,
    contentHash: null,
    tags: null,
  };
  return store.tracks.insert(file, 0);
}

const content = (top: string, abstained = false): Verdict => ({
  top,
  confidence: 0.9,
  abstained,
  abstainReason: abstained ? 'unsure' : null,
  histogram: [{ label: top, share: 0.9, votes: 2 }],
});

/** @param n chooses the audio, and so the verdicts */
const resultOf = (n: number, further: Partial<TrackAnalysis> = {}): TrackAnalysis => ({
  ...fakeResult(Uint8Array.of(n, n, 80), MODEL.model, MODEL.frontEnd),
  ...further,
});

describe('a library from before the further outputs', () => {
  /** As the first release left it: a track with a result that abstained, written by its own statements. */
  function makeOld(): void {
    openStore(path, MIGRATIONS.slice(0, 1)).close();
    const db = openDatabase(path);
    const old = JSON.stringify({ top: 'rock', confidence: 0.2, abstained: true, histogram: [] });
    db.run(
      `INSERT INTO results (id, content_hash, model, front_end, plan, duration_sec, windows, window_sec, starts_sec, decoder,
         provider, ms, warnings, genre, genre_top, genre_fold, genre_confidence, genre_abstained, genre_labels, genre_windows,
         mood, mood_top, mood_labels, mood_windows, analysed_at, chosen_at)
       VALUES (1, 'h', 'fake@1.0.0', 'fake-1', 'all', 6, 2, 3, '[0,3]', 'd', 'cpu',
         '{"decode":1,"features":1,"inference":1,"total":3}', '[]', :old, 'rock', 'rock', 0.2, 1, '["rock"]', :bytes,
         NULL, NULL, NULL, NULL, 5, 5)`,
      { old, bytes: new Uint8Array([9, 8]) },
    );
    db.run(
      `INSERT INTO tracks (id, path, file_name, size, mtime_ns, inode, content_hash, own_genres, own_genre_folds, own_moods,
         search, title_key, added_at, result_id, genre_top, genre_confidence, genre_abstained, state, state_rank, quick)
       VALUES (1, '/music/a.mp3', 'a.mp3', 1, '1', '1', 'h', '[]', '[]', '[]', 'a.mp3', 'a.mp3', 0, 1, 'rock', 0.2, 1,
         'analysed', 1, 13)`,
    );
    db.run(`INSERT INTO settings (key, value) VALUES ('active-model', '["fake@1.0.0","fake-1"]')`);
    db.close();
  }

  it('opens with all that is in it, and what it lacks reads as null', () => {
    makeOld();
    const store = openStore(path);
    store.activate(MODEL);
    expect(store.stats().schemaVersion).toBe(MIGRATIONS.at(-1)!.version);
    const detail = store.detail(1)!;
    expect(detail.genre).toEqual({
      top: 'rock',
      confidence: 0.2,
      abstained: true,
      abstainReason: 'unsure',
      histogram: [],
    });
    expect(detail).toMatchObject({ content: null, wide: null, affect: null });
    expect(detail.analysis?.perWindow.genre?.data).toEqual([9, 8]);
    expect(store.results.embeddings([1]).size).toBe(0);
    expect(store.queries.quickCounts(null)).toMatchObject({ unsure: 1, 'not-music': 0, unreviewed: 1 });
    store.close();
  });

  it('takes new results beside the old ones', () => {
    makeOld();
    const store = openStore(path);
    store.activate(MODEL);
    const id = addTrack(store, 'b.mp3');
    store.results.store(id, resultOf(3, { content: content('speech') }), 'all', 9);
    expect(store.queries.quickCounts(null)).toMatchObject({ unsure: 1, 'not-music': 1, unreviewed: 2 });
    store.close();
  });
});

describe('the further outputs', () => {
  it('come back as they were stored', () => {
    const store = openStore(path);
    store.activate(MODEL);
    const id = addTrack(store, 'a.mp3');
    const wide = [
      { label: 'ska', score: 0.6, threshold: 0.3, votes: 2 },
      { label: 'folk', score: 0.1, threshold: 0.5, votes: 0 },
    ];
    const affect = { valence: 0.25, arousal: -0.5, valenceSpread: 0.125, arousalSpread: 0 };
    store.results.store(id, resultOf(1, { wide, affect, content: content('music') }), 'all', 1);
    expect(store.detail(id)).toMatchObject({ wide, affect, content: { top: 'music' } });
    expect(store.rows([id])[0]).toMatchObject({ affect, content: { top: 'music', abstainReason: null } });
    expect(store.rows([id])[0]).not.toHaveProperty('wide');
    store.close();
  });

  it('keep the embedding for comparing, of the tracks that have one and of the model shown', () => {
    const store = openStore(path);
    store.activate(MODEL);
    const [one, two, three] = [addTrack(store, 'a'), addTrack(store, 'b'), addTrack(store, 'c')];
    const embedding = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i) / 8);
    store.results.store(one, resultOf(1, { embedding }), 'all', 1);
    store.results.store(two, resultOf(2), 'all', 1);
    const found = store.results.embeddings([three, one, two]);
    expect([...found.keys()]).toEqual([one]);
    const back = found.get(one)!;
    const cosine = embedding.reduce((sum, value, i) => sum + value * back[i]!, 0) / (norm(embedding) * norm(back));
    expect(cosine).toBeGreaterThan(0.9999);
    store.activate({ ...MODEL, model: 'other@1.0.0' });
    expect(store.results.embeddings([one]).size).toBe(0);
    store.close();
  });

  it('put a track that is surely no music among those, and not among the unsure', () => {
    const store = openStore(path);
    store.activate(MODEL);
    const genre: Verdict = { ...resultOf(1).genre!, abstained: true, abstainReason: 'not-music' };
    const ids = ['speech', 'noise', 'song', 'torn'].map((name) => addTrack(store, name));
    const contents = [content('speech'), content('other'), content('music'), content('speech', true)];
    ids.forEach((id, i) => {
      const further = i < 2 ? { genre } : {};
      store.results.store(id, resultOf(i, { ...further, content: contents[i]! }), 'all', 1);
    });
    const filter = { text: '', rootId: null, sort: { column: 'path', descending: false } } as const;
    expect(store.queries.quickCounts(null)).toMatchObject({ 'not-music': 2, unsure: 0, unreviewed: 4 });
    expect(store.queries.ids({ ...filter, quick: 'not-music' }, filter.sort, 9, 0)).toEqual([ids[1], ids[0]]);
    // A better result of the same audio takes it out again.
    store.results.store(ids[0]!, resultOf(0, { content: content('music') }), '9', 2);
    expect(store.queries.quickCounts(null)['not-music']).toBe(1);
    store.close();
  });
});

const norm = (values: Float32Array): number => Math.hypot(...values);

describe('results of a model that tells moods and no genre', () => {
  it('are shown, searched and counted by their mood, and are in no doubt about a genre', () => {
    const store = openStore(path);
    store.activate(MODEL);
    const ids = ['one', 'two'].map((name) => addTrack(store, name));
    ids.forEach((id, i) => {
      store.results.store(id, withoutGenre(resultOf(i)), 'all', 1);
    });
    expect(store.rows(ids)).toMatchObject([
      { state: 'analysed', genre: null, mood: { top: 'happy' }, disagrees: false },
      { state: 'analysed', genre: null, mood: { top: resultOf(1).mood!.top } },
    ]);
    const detail = store.detail(ids[0]!)!;
    expect(detail.analysis?.perWindow).toMatchObject({ genre: null, mood: { data: Array(8).fill(9) } });
    expect(store.decisions.heard(ids[0]!)).toBeNull();
    const found = (text: string, quick: 'all' | 'unsure' | 'not-music' = 'all'): number =>
      store.queries.count({ text, quick, rootId: null });
    expect([found('mood:happy'), found('', 'unsure'), found('', 'not-music'), found('heard:rock')]).toEqual([
      1, 0, 0, 0,
    ]);
    expect(store.values('share', '', 9)).toEqual([]);
    const counted = store.insight.distributions();
    while (counted.step(10));
    expect(counted.result()).toMatchObject({ genre: { heard: 0, bars: [] }, mood: { heard: 2 } });
    const groups = store.insight.groups();
    while (groups.step(10));
    expect(groups.result().matrix()).toMatchObject({ notHeard: 2, notMusic: 0 });
    store.close();
  });

  it('stand beside those of a model of genres: neither is a change of the other', () => {
    const store = openStore(path);
    store.activate(MODEL);
    const id = addTrack(store, 'one');
    store.results.store(id, resultOf(1), 'all', 1);
    const other = { ...MODEL, model: 'moods@1.0.0' };
    store.activate(other);
    expect(store.rows([id])[0]).toMatchObject({ stale: true, genre: { top: resultOf(1).genre!.top } });
    const moods = { ...withoutGenre(resultOf(1)), model: other.model };
    store.results.store(id, { ...moods, mood: resultOf(2).mood }, 'all', 2);
    expect(store.rows([id])[0]).toMatchObject({ stale: false, genre: null });
    expect(store.results.compareWithFormer(9)).toMatchObject({
      ...{ compared: 1, changed: 1 },
      tracks: [{ genre: null, mood: { to: { top: resultOf(2).mood!.top } } }],
    });
    store.close();
  });
});
