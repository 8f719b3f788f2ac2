import { isIP } from 'node:net';
import { join, dirname } from 'node:path';
import { CodedError } from '#shared/domain/failure';
import { UsageError } from '../shared/exit';
import { appPaths } from '../shared/paths';
import { trustedProxies, type Proxies } from './client-address';
import { isLoopback } from './names';
import { hashPassword, passwordCheck, type CheckPassword } from './password';
import { readPasswordFile } from './password-file';

/** What was typed. */
export interface ServeFlags {
  readonly port?: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly publicUrl?: string;
  readonly passwordFile?: string;
  readonly trustProxy?: readonly string[];
  readonly folder?: readonly string[];
}

/** How a server is reached, who is let in, and how far. */
export interface ServeSettings {
  /** The port to listen on, and whether any other will do where it is taken. */
  readonly port: number;
  readonly anyPort: boolean;
  readonly host: string;
  readonly allowHosts: readonly string[];
  readonly publicUrl: URL | null;
  readonly password: CheckPassword | null;
  readonly token: string | null;
  readonly proxies: Proxies;
  /** The folders that may be reached; null for all of the machine. */
  readonly folders: readonly string[] | null;
}

/** A browser keeps columns, filters and the like by address, so the address stays the same: G E N R on a telephone's keys. */
export const DEFAULT_PORT = 4367;
const SHORTEST_TOKEN = 32;

/** Where `serve password` keeps the password, and a server looks that is reached by others and was told of none. */
export const storedPasswordPath = (programFolder: string): string =>
  join(dirname(appPaths(programFolder).defaultLibrary), 'serve-password');

/**
 * Secrets come from files and the environment alone: everybody on a machine sees its command lines.
 *
 * @param env what is secret in it is taken out, so that no process that is started later has it
 * @throws UsageError where the settings would leave the door open, with the remedy
 * @throws CodedError where the password's file is no such
 */
export async function readServeSettings(
  flags: ServeFlags,
  env: Record<string, string | undefined>,
  programFolder: string,
): Promise<ServeSettings> {
  const publicUrl = flags.publicUrl === undefined ? null : parsePublicUrl(flags.publicUrl);
  const allowHosts = (flags.allowHost ?? []).map(checkedName);
  const isOpen = !isLoopback(checkedAddress(flags.host)) || publicUrl !== null;
  const token = takeToken(env);
  const plain = takeSecret(env, 'GENREGRAM_PASSWORD');
  const stored = await findStored(
    flags.passwordFile,
    isOpen && plain === null ? storedPasswordPath(programFolder) : null,
  );
  if (isOpen && !stored && plain === null && token === null) throw new UsageError(NO_PASSWORD);
  const folders = flags.folder ?? null;
  if ((isOpen || stored || plain !== null) && !folders) throw new UsageError(NO_FOLDERS);
  const password = stored ?? (plain === null ? null : passwordCheck(await hashPassword(plain)));
  return {
    port: flags.port ?? DEFAULT_PORT,
    anyPort: flags.port === undefined && !isOpen,
    ...{ host: flags.host, allowHosts, publicUrl, password, token, folders },
    proxies: trustedProxies(flags.trustProxy ?? []),
  };
}

const NO_PASSWORD =
  'Others than this machine would reach the server, so it needs a password. Store one with: genregram serve password ' +
  '(or give it as $GENREGRAM_PASSWORD, or a token of at least 32 characters as $GENREGRAM_TOKEN).';

const NO_FOLDERS =
  'A server that others reach, or that has a password, shows them some folders and nothing else of this machine. Name them: --folder /music';

function takeSecret(env: Record<string, string | undefined>, name: string): string | null {
  const value = env[name];
  delete env[name];
  return value === undefined || value === '' ? null : value;
}

function takeToken(env: Record<string, string | undefined>): string | null {
  const token = takeSecret(env, 'GENREGRAM_TOKEN');
  if (token !== null && !/^[\w-]+$/.test(token))
    throw new UsageError(
      'GENREGRAM_TOKEN may have letters, figures, - and _ alone. Make one with: openssl rand -hex 32',
    );
  if (token !== null && token.length < SHORTEST_TOKEN)
    throw new UsageError(
      `GENREGRAM_TOKEN needs at least ${SHORTEST_TOKEN} characters. Make one with: openssl rand -hex 32`,
    );
  return token;
}

/** The file that was named must be there; the usual one may be missing. */
async function findStored(file: string | undefined, usual: string | null): Promise<CheckPassword | null> {
  if (file === undefined) return usual === null ? null : readPasswordFile(usual);
  const check = await readPasswordFile(file);
  if (check) return check;
  throw new CodedError('not-found', `There is no file ${file}. Make it with: genregram serve password ${file}`);
}

function checkedAddress(host: string): string {
  if (isIP(host) !== 0 || host === 'localhost') return host;
  throw new UsageError(
    `${host} is no address. Give one of this machine with --host, such as 192.168.1.5, or 0.0.0.0 for all of them.`,
  );
}

function checkedName(name: string): string {
  if (/^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?)(:\d{1,5})?$/i.test(name)) return name;
  throw new UsageError(
    `${name} is no name of a machine. Give what stands in the address, such as music.lan or nas:8080.`,
  );
}

function parsePublicUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (isPlain && /^https?:$/.test(url.protocol) && /^[\w./~-]*$/.test(url.pathname)) return url;
  throw new UsageError(`${text} is no address for browsers. Give one such as https://music.example/genregram`);
}
