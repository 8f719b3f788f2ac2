import { useEffect } from 'react';
import type { Connection } from '../../api/connection';
import { useConnection } from '../../api/connection-context';
import { createMapStore, type MapPart, type MapState } from '../insight/map-store';

/** The judged tracks of the last evaluation in one part, each under its true label. */
async function* evaluatedParts(connection: Connection): AsyncGenerator<MapPart> {
  const result = await connection.call('evaluation.result', {});
  if (!result) return;
  const asked = { evaluation: result.id };
  const [part, tracks] = await Promise.all([
    connection.call('evaluation.embeddings', asked),
    connection.call('evaluation.tracks', asked),
  ]);
  const labels = new Map(tracks.map(({ id, label }) => [id, label]));
  yield { ...part, genres: part.ids.map((id) => labels.get(id) ?? null) };
}

/** The map of the last evaluation. */
export const useEvaluationMap = createMapStore('tsne', evaluatedParts);

/** Which evaluation the map was read for: a later one is read anew. */
let readFor: number | null = null;

/** The map of an evaluation; nothing of it is there while it is being read. */
export function useMapOf(evaluation: number): MapState {
  const connection = useConnection();
  const map = useEvaluationMap();
  const { load } = map;
  useEffect(() => {
    if (readFor === evaluation) return;
    readFor = evaluation;
    void load(connection);
  }, [evaluation, load, connection]);
  return readFor === evaluation ? map : { ...map, state: 'loading', pca: null, near: null };
}
