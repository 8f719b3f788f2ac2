import type { TrackRow } from '#shared/contract/schemas';
import type { Session } from '../session';

/** As many as the contract gives at a time. */
const PAGE = 1000;

/** The rows of tracks, a page at a time; those that are gone are left out. */
export async function* rowPages({ client }: Session, ids: readonly number[]): AsyncGenerator<readonly TrackRow[]> {
  for (let at = 0; at < ids.length; at += PAGE) {
    const { rows } = await client.call('tracks.query', { ids: ids.slice(at, at + PAGE), limit: PAGE });
    yield rows;
  }
}

export async function rowsOf(session: Session, ids: readonly number[]): Promise<TrackRow[]> {
  const rows: TrackRow[] = [];
  for await (const page of rowPages(session, ids)) rows.push(...page);
  return rows;
}
