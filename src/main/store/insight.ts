import type { Embeddings } from '#shared/contract/insight';
import type { Derivation } from './derive';
import type { GenreStore } from './genres';
import { bytesOf, type Database } from './driver';
import { embeddingBytes } from './embedding-blob';
import { tallyDistributions, tallyWide } from './insight-distributions';
import { tallyGroups, tallyGroupTracks } from './insight-matrix';
import { QUICK } from './query';
import { tallyJudgements, tallyReliability } from './insight-reliability';

/** What the library looks like as a whole, of the results shown; nothing of former models. */
export function createInsight(db: Database, derivation: Derivation, { graph }: Pick<GenreStore, 'graph'>) {
  return {
    groups: () => tallyGroups(db),
    groupTracks: (groups: readonly string[]) => tallyGroupTracks(db, groups),
    distributions: () => tallyDistributions(db),
    wide: () => tallyWide(db),
    reliability: () => tallyReliability(db, derivation.active(), graph()),
    judgements: () => tallyJudgements(db, derivation.active(), graph()),
    embeddings: (after: number, limit: number) => embeddings(db, after, limit),
  };
}

function embeddings(db: Database, after: number, limit: number): Embeddings {
  const rows = db.all<{ id: number; genre: string | null; embedding: unknown }>(
    `SELECT t.id, CASE WHEN t.genre_abstained = 0 THEN t.genre_top END AS genre, r.embedding
     FROM tracks t NOT INDEXED JOIN results r ON r.id = t.result_id
     WHERE t.id > ? AND t.missing = 0 AND t.quick & ${QUICK['not-music']} = 0 AND r.embedding IS NOT NULL ORDER BY t.id LIMIT ?`,
    [after, limit],
  );
  const vectors = rows.map(({ embedding }) => embeddingBytes(bytesOf(embedding)));
  return {
    ids: rows.map(({ id }) => id),
    genres: rows.map(({ genre }) => genre),
    dimensions: vectors[0]?.length ?? 0,
    vectors: Buffer.concat(vectors).toString('base64'),
    next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  };
}
