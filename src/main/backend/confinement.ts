import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { METHODS, type Handlers, type MethodName } from '#shared/contract/methods';
import { placesIn, type Place } from '#shared/contract/paths';
import { CodedError, toFailure, type Failure } from '#shared/domain/failure';
import { isUnder } from '../store';
import { folderFailure } from '../adapters/walk/errors';

/** The folders beyond which a backend that is served to others neither reads, lists nor writes for them. */
export interface Confinement {
  /** Links resolved; null where all of the machine may be reached. */
  readonly folders: readonly string[] | null;
  /** Of a path whose links are resolved. */
  readonly covers: (realPath: string) => boolean;
  /** Why a path may not be reached, with all links on it followed; null if it may. What is not there yet counts as where it would be. */
  readonly refusal: (path: string) => Promise<Failure | null>;
}

/** The plain local mode: whoever uses the window has the machine anyway. */
export const UNCONFINED: Confinement = {
  folders: null,
  covers: () => true,
  refusal: () => Promise.resolve(null),
};

/**
 * Folders are looked at once: what takes a folder's place later is no way out of it.
 *
 * @throws CodedError `not-found` or `permission-denied` where a folder is not there
 */
export async function confineTo(given: readonly string[]): Promise<Confinement> {
  const folders = await Promise.all(given.map(realFolder));
  const covers = (realPath: string): boolean => folders.some((folder) => isUnder(realPath, folder));
  return {
    folders,
    covers,
    async refusal(path) {
      try {
        return covers(await realPlace(resolve(path))) ? null : outside(path, folders);
      } catch (error) {
        return toFailure(error);
      }
    },
  };
}

async function realFolder(given: string): Promise<string> {
  const path = resolve(given);
  return realpath(path).catch((error: unknown) => {
    throw CodedError.from(folderFailure(path, error));
  });
}

const outside = (path: string, folders: readonly string[]): Failure => ({
  code: 'permission-denied',
  message: `${path} lies outside of what this server may reach (${folders.join(', ')}). Start it with --folder for that place too.`,
});

/** Where a path leads, links followed as far as it is there; a link to what is not there leads there all the same. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path)
      throw CodedError.from(folderFailure(path, error));
    const place = join(await realPlace(parent), basename(path));
    const target = await readlink(place).catch(() => null);
    return target === null ? place : realPlace(resolve(dirname(place), target));
  }
}

/** The guard at the contract's edge: no handler sees a request that names what lies outside. */
export function confineHandlers(handlers: Handlers, confinement: Confinement): Handlers {
  if (!confinement.folders) return handlers;
  const guarded = (Object.keys(METHODS) as MethodName[]).map((name) => {
    const handler = handlers[name] as (input: unknown) => unknown;
    const checked = async (places: readonly Place[], input: unknown): Promise<unknown> => {
      for (const place of places) await assertWithin(confinement, place);
      return handler(input);
    };
    return [
      name,
      (input: unknown) => {
        const places = placesIn(METHODS[name].input, input);
        return places.length === 0 ? handler(input) : checked(places, input);
      },
    ];
  });
  return Object.fromEntries(guarded) as Handlers;
}

async function assertWithin(confinement: Confinement, { kind, path }: Place): Promise<void> {
  if (kind === 'program')
    throw new CodedError(
      'permission-denied',
      'Which programs are run is not chosen over the network. Set it on the server itself: genregram settings set.',
    );
  const refusal = await confinement.refusal(path);
  if (refusal) throw CodedError.from(refusal);
}
