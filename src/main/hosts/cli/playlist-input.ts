import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Client } from '#shared/contract/client';
import { smartPlaylistSchema, type KeptPlaylist } from '#shared/contract/playlists';
import { CodedError } from '#shared/domain/failure';
import { ruleFromSearch } from '#shared/domain/playlists/from-search';
import type { Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { parseSearch } from '#shared/domain/search/parse';
import { UsageError } from '../shared/exit';

/** A playlist by its name, in whatever case. @throws CodedError `not-found` */
export async function findPlaylist(client: Client, name: string): Promise<KeptPlaylist> {
  const kept = await client.call('playlists.list', {});
  const found =
    kept.find(({ playlist }) => playlist.name === name) ??
    kept.find(({ playlist }) => playlist.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new CodedError('not-found', `No playlist is called ${name}. \`genregram playlists\` lists them.`);
  return found;
}

/** Playlists in a file of JSON, one or a list. @throws CodedError `not-found`, `invalid-input` with the place of what is wrong */
export function playlistsIn(file: string): SmartPlaylist[] {
  const text = readText(file);
  const parsed = z.union([z.array(smartPlaylistSchema), smartPlaylistSchema]).safeParse(asJson(file, text));
  if (parsed.success) return Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  throw new CodedError(
    'invalid-input',
    `${file} holds no playlist: ${z.prettifyError(parsed.error).split('\n')[0] ?? ''}`,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch {
    throw new CodedError('not-found', `${file} can't be read. Check its name and permissions.`);
  }
}

function asJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CodedError('invalid-input', `${file} is no JSON (${(error as Error).message}). Export it again.`);
  }
}

/** The rule that finds what a search finds. @throws UsageError where the search can't be read */
export function ruleOfSearch(text: string): Rule {
  const search = parseSearch(text);
  const [problem] = search.problems;
  if (problem) throw new UsageError(`The search can't be read: ${problem.message}`);
  return ruleFromSearch(search);
}
