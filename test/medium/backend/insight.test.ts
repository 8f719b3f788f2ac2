import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { buildBigLibrary } from '../../builders/big-library';

const folder = temporaryFolder();
let backend: TestBackend | undefined;
afterEach(async () => {
  await backend?.close();
  folder.cleanUp();
});

describe('insight, asked of a backend', () => {
  // More tracks than are taken in one turn of the event loop.
  it('accounts for every track, and others have their turn meanwhile', async () => {
    const path = join(folder.path, 'library.db');
    buildBigLibrary(path, 5400).close();
    const started = await startBackend(path);
    backend = started;
    const call: TestBackend['call'] = (method, input) => started.call(method, input);
    const { tracks } = await call('library.summary', {});

    let turns = 0;
    const ticking = setInterval(() => turns++, 0);
    const matrix = await call('insight.matrix', {});
    const distributions = await call('insight.distributions', {});
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(0);

    const heard = matrix.counts.flat().reduce((sum, count) => sum + count, 0);
    expect(heard + matrix.notHeard + matrix.notMusic).toBe(tracks);
    expect(distributions.genre.heard).toBe(heard);
    const byTrack = distributions.genre.bars.reduce((sum, bar) => sum + bar.tracks, 0);
    expect(byTrack + distributions.genre.unsure).toBe(heard);

    const all = await call('insight.matrixTracks', { row: null, column: null });
    expect(new Set(all).size).toBe(heard);
    const [row] = matrix.rows;
    const inRow = await call('insight.matrixTracks', { row: row!.key, column: null });
    expect(inRow).toHaveLength(matrix.counts[0]!.reduce((sum, count) => sum + count, 0));
    const listed = await call('tracks.query', { ids: inRow, limit: 1000 });
    expect(listed.total).toBe(inRow.length);
    expect(listed.rows.map(({ id }) => id)).toEqual(inRow.slice(0, 1000));

    const { all: outcomes, leftOut } = await call('insight.reliability', {});
    // Every fortieth is decided, all of them changed to rock.
    expect(outcomes.kept + outcomes.changed + outcomes.skipped + leftOut).toBe(tracks / 40);
    expect(outcomes.skipped).toBe(0);
    expect(outcomes.kept).toBeGreaterThan(0);
    expect(outcomes.changed).toBeGreaterThan(outcomes.kept);
    expect(await call('insight.wide', {})).toEqual({ labels: [], heard: 0 });
    expect(await call('insight.embeddings', {})).toMatchObject({ ids: [], vectors: '', next: null });
  });
});
