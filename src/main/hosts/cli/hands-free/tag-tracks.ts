import type { TrackRow } from '#shared/contract/schemas';
import { countStandings, standingOf, type AcceptRule, type Standing } from '#shared/domain/hands-free/standing';
import type { TagMode } from '#shared/domain/tags';
import type { WritingSettings } from '#shared/domain/writing';
import type { Session } from '../session';
import type { PlannedFiles, WrittenFiles } from '../write-plan';
import { rowsOf } from './rows';

export interface TagRequest {
  readonly rule: AcceptRule;
  readonly mode: TagMode;
  readonly writing: Partial<WritingSettings>;
  /** Plans, decides nothing, and touches nothing. */
  readonly dryRun: boolean;
  /** Also writes what the collector decided and did not write yet. */
  readonly decided: boolean;
  /** Decides, but leaves the files alone: what was decided goes elsewhere. */
  readonly isSidecar: boolean;
}

/** A track that a run looked at. */
export interface Stood {
  readonly row: TrackRow;
  readonly standing: Standing;
}

export interface Tagged {
  readonly tracks: readonly Stood[];
  readonly standings: Readonly<Record<Standing, number>>;
  /** What would be written, of a dry run. */
  readonly planned: PlannedFiles['files'];
  /** Null where nothing was to be written. */
  readonly runId: number | null;
  readonly files: WrittenFiles;
}

/** Where each of the tracks stands before the rule. */
export async function standingsOf(
  session: Session,
  trackIds: readonly number[],
  rule: AcceptRule | null,
): Promise<Stood[]> {
  const rows = await rowsOf(session, trackIds);
  return rows.map((row) => ({ row, standing: standingOf(row, rule) }));
}

/** Writes what the rule takes of tracks that were heard; everything else is left as it is. */
export async function tagTracks(
  session: Session,
  trackIds: readonly number[],
  { rule, mode, writing, dryRun, decided, isSidecar }: TagRequest,
): Promise<Tagged> {
  const { client } = session;
  const tracks = await standingsOf(session, trackIds, rule);
  const standings = countStandings(tracks.map(({ standing }) => standing));
  const ids = (wanted: Standing): number[] =>
    tracks.filter(({ standing }) => standing === wanted).map(({ row }) => row.id);
  const sure = ids('sure');
  const own = decided ? ids('decided') : [];
  const nothing: Tagged = { tracks, standings, planned: [], runId: null, files: [] };
  if (dryRun) {
    const planned = [
      ...(sure.length > 0
        ? (await client.call('write.plan', { trackIds: sure, mode, writing, ifAccepted: true, rule })).files
        : []),
      ...(own.length > 0 ? (await client.call('write.plan', { trackIds: own, mode, writing })).files : []),
    ];
    return { ...nothing, planned };
  }
  if (isSidecar) {
    await decide(session, sure, rule);
    return { ...nothing, tracks: await standingsOf(session, trackIds, rule) };
  }
  if (sure.length + own.length === 0) return nothing;
  await decide(session, sure, rule);
  const plan = await client.call('write.plan', { trackIds: [...sure, ...own], mode, writing });
  const done = await carryOut(session, plan);
  await takeBackRefused(session, tracks, sure, done.files);
  return { ...nothing, ...done };
}

async function decide({ client }: Session, trackIds: readonly number[], rule: AcceptRule): Promise<void> {
  if (trackIds.length > 0) await client.call('decisions.set', { trackIds, action: 'accept', rule });
}

async function carryOut(
  { client, runJob }: Session,
  { planId, files }: PlannedFiles,
): Promise<{ runId: number | null; files: WrittenFiles }> {
  const refused = files.filter((file) => file.status === 'refused');
  if (planId === null || refused.length === files.length) return { runId: null, files: refused };
  let runId = 0;
  await runJob(async () => {
    const started = await client.call('write.apply', { planId });
    runId = started.runId;
    return started;
  });
  return { runId, files: await client.call('write.results', { runId }) };
}

/** What a rule decided and no file took waits for the collector again. */
async function takeBackRefused(
  { client }: Session,
  tracks: readonly Stood[],
  sure: readonly number[],
  files: WrittenFiles,
): Promise<void> {
  const refused = new Set(files.flatMap((file) => (file.status === 'refused' ? [file.path] : [])));
  const ruled = new Set(sure);
  const trackIds = tracks.filter(({ row }) => refused.has(row.path) && ruled.has(row.id)).map(({ row }) => row.id);
  if (trackIds.length > 0) await client.call('decisions.set', { trackIds, action: 'clear' });
}
