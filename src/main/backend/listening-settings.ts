import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { listeningFields } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { DEFAULT_LISTENING, type ListeningSettings } from '#shared/domain/listening';
import type { Store } from '../store';
import { definedOf, storedSettings } from './stored-settings';

const KEY = 'listening';

type Changes = { readonly [Name in keyof ListeningSettings]?: ListeningSettings[Name] | undefined };

/** The settings of this library. */
export const listeningSettings = (store: Pick<Store, 'settings'>): ListeningSettings =>
  storedSettings(store, KEY, listeningFields, DEFAULT_LISTENING);

/** @throws CodedError `invalid-input` where no program lies where ffmpeg is said to be; then nothing is changed */
export async function changeListeningSettings(
  store: Pick<Store, 'settings'>,
  changes: Changes,
): Promise<ListeningSettings> {
  if (changes.ffmpegPath) await assertProgram(changes.ffmpegPath);
  const next = { ...listeningSettings(store), ...definedOf<ListeningSettings>(changes) };
  store.settings.set(KEY, JSON.stringify(next));
  return next;
}

async function assertProgram(path: string): Promise<void> {
  const remedy = 'Give the full path of the ffmpeg command, or nothing to have it looked for.';
  if (!isAbsolute(path)) throw new CodedError('invalid-input', `${path} is no full path. ${remedy}`);
  const isFile = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (!isFile) throw new CodedError('invalid-input', `There is no file ${path}. ${remedy}`);
  await access(path, constants.X_OK).catch((cause: unknown) => {
    throw new CodedError('invalid-input', `${path} is no program that may be run. ${remedy}`, { cause });
  });
}
