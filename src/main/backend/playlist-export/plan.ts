import type { ExportPlan, PlaylistFolder } from '#shared/contract/playlist-export';
import type { KeptPlaylist } from '#shared/contract/playlists';
import { CodedError } from '#shared/domain/failure';
import type { Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { isText, isLabel } from '#shared/domain/playlists/evaluate';
import { conditionsOf } from '#shared/domain/playlists/problems';
import { foldLabel } from '#shared/domain/vocabulary';
import { fileText, type FileText } from '../../adapters/playlist-files';
import { LIST_FORMATS } from '../../core/playlists/formats';
import { fileNameFor, fileNamesFor } from '../../core/playlists/paths/file-name';
import { locate, wrongOptions, type LeftOut } from '../../core/playlists/paths/locate';
import { TARGETS } from '../../core/playlists/targets';
import { beetsConfiguration } from '../../core/playlists/targets/beets';
import type { Said, TargetWorld } from '../../core/playlists/targets/target';
import type { Context } from '../context';
import { playlistIds, playlistTracks } from '../playlists/find';
import { inSlices } from '../slices';

export type ExportContext = Pick<Context, 'store' | 'likeness'>;

/** What is to be written where, and how. */
export type ExportRequest = Pick<PlaylistFolder, 'playlists' | 'target' | 'folder' | 'options'>;

/** A playlist's file before it is written. */
export interface ExportFile {
  readonly playlistId: number;
  readonly name: string;
  readonly fileName: string;
  readonly writes: 'list' | 'rule';
  readonly tracks: number;
  readonly said: Said | null;
  readonly leftOut: readonly LeftOut[];
  readonly text: FileText;
}

/** Of a plan: the beginning of a file that is shown, and the tracks left out that are named. */
const PREVIEW = 2000;
const NAMED = 100;

/**
 * The playlists that are asked for, with the names of their files: which are the same whatever else is exported.
 *
 * @throws CodedError `not-found` for a playlist that is not there, `invalid-input` for path options that make no sense
 */
export function exported({ store }: ExportContext, { playlists, options }: ExportRequest): Map<number, NamedPlaylist> {
  const wrong = wrongOptions(options);
  if (wrong) throw new CodedError('invalid-input', wrong);
  const all = store.playlists.list().sort((a, b) => a.id - b.id);
  const stems = fileNamesFor(
    all.map(({ playlist }) => playlist.name),
    '',
  );
  const named = new Map(all.map((kept, i) => [kept.id, { kept, stem: stems[i]! }]));
  if (playlists === 'all') return named;
  const gone = playlists.find((id) => !named.has(id));
  if (gone !== undefined) throw new CodedError('not-found', `There is no playlist ${gone} in the library any more.`);
  return new Map(playlists.map((id) => [id, named.get(id)!]));
}

export interface NamedPlaylist {
  readonly kept: KeptPlaylist;
  /** Its file's name without the extension. */
  readonly stem: string;
}

/** Makes a playlist's file, in memory. @throws CodedError `invalid-input` where its rule can't be evaluated */
export async function makeFile(
  context: ExportContext,
  { kept: { id, playlist }, stem }: NamedPlaylist,
  { target, options, folder }: ExportRequest,
): Promise<ExportFile> {
  const info = TARGETS[target];
  const said = info.rules && info.rules.language.say(playlist, await worldFor(context, playlist));
  const told = { playlistId: id, name: playlist.name, said };
  if (said && 'text' in said && info.rules?.file) {
    const tracks = (await playlistIds(context, playlist, Date.now())).length;
    const text = target === 'beets' ? beetsConfiguration(fileNameFor(playlist.name, '.m3u'), said.text) : said.text;
    return { ...told, fileName: stem + info.extension, writes: 'rule', tracks, leftOut: [], text: fileText([text]) };
  }
  const format = LIST_FORMATS[info.list];
  const tracks = await playlistTracks(context, playlist, Date.now());
  const paths = {
    ...options,
    ...(format.absolute && { paths: 'absolute' as const }),
    ...(format.uris && { separators: 'forward' as const }),
  };
  const located = await inSlices(locate(tracks, paths, folder, format.refuses));
  const list = { name: playlist.name, comment: playlist.comment, tracks: located.tracks };
  const pieces = await inSlices(gathered(format.pieces(list, options)));
  const fileName = stem + format.extension;
  const { leftOut } = located;
  return { ...told, fileName, writes: 'list', tracks: list.tracks.length, leftOut, text: fileText(pieces) };
}

function* gathered(pieces: Iterable<string>): Generator<void, string[]> {
  const all: string[] = [];
  for (const piece of pieces) {
    all.push(piece);
    yield;
  }
  return all;
}

/** What would be written of a playlist, and what of it gets lost. */
export async function planOf(
  context: ExportContext,
  named: NamedPlaylist,
  request: ExportRequest,
): Promise<ExportPlan> {
  const { said, text, leftOut, ...file } = await makeFile(context, named, request);
  const info = TARGETS[request.target];
  const sayable = said && 'text' in said ? said : null;
  const unwritten = sayable ? await unwrittenNote(context, named.kept.playlist, info.name) : [];
  const preview = Buffer.from(text.bytes.subarray(0, PREVIEW * 4)).toString('utf8');
  return {
    ...file,
    cannot: said && 'cannot' in said ? [...said.cannot] : [],
    notes: sayable ? [...unwritten, ...sayable.notes] : [],
    expression: (request.target === 'beets' || request.target === 'mpd') && sayable ? sayable.text : null,
    leftOut: leftOut.slice(0, NAMED).map((each) => ({ ...each })),
    leftOutCount: leftOut.length,
    preview: preview.slice(0, PREVIEW),
  };
}

/** A player sees the files' tags alone: how many tracks a rule finds by what was confirmed and is not in the files yet, or loses by it. */
async function unwrittenNote(context: ExportContext, playlist: SmartPlaylist, player: string): Promise<string[]> {
  const asInFiles = ownLabels(playlist.rule);
  if (JSON.stringify(asInFiles) === JSON.stringify(playlist.rule)) return [];
  const all = { ...playlist, order: { by: 'path' }, limit: null } as const;
  const here = new Set(await playlistIds(context, all, Date.now()));
  const there = await playlistIds(context, { ...all, rule: asInFiles }, Date.now());
  const shared = there.filter((id) => here.has(id)).length;
  const otherwise = here.size + there.length - 2 * shared;
  if (otherwise === 0) return [];
  const what = otherwise === 1 ? '1 track is' : `${otherwise} tracks are`;
  return [`${what} found otherwise in ${player}: what was confirmed of them is not in the files yet. Write it first.`];
}

function ownLabels(rule: Rule): Rule {
  if ('all' in rule) return { all: rule.all.map(ownLabels) };
  if ('any' in rule) return { any: rule.any.map(ownLabels) };
  if ('none' in rule) return { none: rule.none.map(ownLabels) };
  if (rule.field === 'genre') return { ...rule, field: 'ownGenre' };
  return rule.field === 'mood' ? { ...rule, field: 'ownMood' } : rule;
}

/** The labels in files, in whose words a rule is said; read only where it asks for some. */
async function worldFor({ store }: ExportContext, { rule }: SmartPlaylist): Promise<TargetWorld> {
  const conditions = conditionsOf(rule).map(({ condition }) => condition);
  const asks = conditions.some((condition) => !isText(condition) && isLabel(condition));
  const graph = store.genres.graph();
  const genre = asks ? await inSlices(store.playlistFiles.labelsInFiles('genre')) : [];
  const mood = asks ? await inSlices(store.playlistFiles.labelsInFiles('mood')) : [];
  return {
    labels(field, op, value) {
      const fits = (label: string): boolean =>
        op === 'is' ? foldLabel(label) === foldLabel(value) : graph.isWithin(label, value);
      const names = op === 'isWithin' && field === 'genre' ? graph.genres.map(({ name }) => name) : [];
      const inFiles = field === 'genre' ? genre : mood;
      return [...new Set([value, ...[...inFiles, ...names].filter(fits).sort()])];
    },
  };
}
