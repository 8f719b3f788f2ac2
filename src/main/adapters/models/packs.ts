import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { EnsembleManifest } from '#shared/contract/ensemble-manifest';
import type { ModelManifest } from '#shared/contract/model-manifest';
import type { PackReport } from '#shared/contract/schemas';
import { failed, ok, type Result } from '#shared/domain/failure';
import { derivedTasks } from '../../core/aggregate/derived';
import { frontEndOf, windowSeconds } from '../../core/inputs';
import type { InspectedPack, ModelPacks } from '../../ports';
import { readEnsemble, resolveEnsemble, type Shelf } from './ensemble';
import { loadModel, type LoadedModel } from './load';
import { modelInfo, readManifest } from './manifest';

/** What is copied besides the manifest and the onnx file: what tells the model's terms. */
const PAPERS = /^(license|licence|copying|notice|card|readme)(\.(md|txt))?$/i;

/** Model packs on disk. A pack is read as `loadModel` does; a sidecar of another format becomes a manifest of ours when installed. */
export const modelPacks: ModelPacks = {
  async inspect(dir, shelf) {
    const ensemble = await readEnsemble(dir);
    if (ensemble) return ensemble.ok ? inspectEnsemble(dir, ensemble.value, shelf) : ensemble;
    const loaded = await loadModel(dir);
    return loaded.ok ? ok(describePack(loaded.value)) : loaded;
  },

  async install(dir, folder) {
    const loaded = (await readEnsemble(dir)) ?? (await loadModel(dir));
    if (!loaded.ok) return loaded;
    const pack = 'manifest' in loaded.value ? loaded.value : { dir, manifest: loaded.value, onnx: null };
    const { manifest } = pack;
    const target = join(folder, manifest.id);
    const fresh = join(folder, `.adding-${randomUUID()}`);
    const old = join(folder, `.replaced-${randomUUID()}`);
    try {
      await mkdir(fresh, { recursive: true });
      await copyPack(pack, fresh);
      await swap(fresh, target, old);
      return ok({ dir: target });
    } catch (error) {
      return unwritable(folder, error);
    } finally {
      // What can't be removed has a name that is passed over; there may be no folder to remove it from.
      for (const left of [fresh, old]) await rm(left, { recursive: true, force: true }).catch(() => undefined);
    }
  },

  async remove(dir, folder) {
    if (dirname(resolve(dir)) !== resolve(folder)) {
      return failed('invalid-input', `${dir} does not lie in your model folder ${folder}; nothing was removed.`);
    }
    try {
      await rm(dir, { recursive: true });
      return ok(null);
    } catch (error) {
      return unwritable(folder, error);
    }
  },
};

/** Puts `fresh` in the place of `target`, which (if it is there) becomes `old`. */
async function swap(fresh: string, target: string, old: string): Promise<void> {
  await rename(target, old).catch(unlessAbsent);
  try {
    await rename(fresh, target);
  } catch (error) {
    await rename(old, target).catch(unlessAbsent);
    throw error;
  }
}

/** The bytes that were hashed are the bytes that are written: the source may change meanwhile. */
async function copyPack({ dir, manifest, onnx }: LoadedModel | LoadedEnsemble, to: string): Promise<void> {
  for (const name of await readdir(dir)) if (PAPERS.test(name)) await copyFile(join(dir, name), join(to, name));
  if (onnx) await writeFile(join(to, manifest.file), onnx);
  await writeFile(join(to, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** An ensemble as it is copied: its manifest is all there is. */
interface LoadedEnsemble {
  readonly dir: string;
  readonly manifest: EnsembleManifest;
  readonly onnx: null;
}

async function inspectEnsemble(dir: string, manifest: EnsembleManifest, shelf: Shelf): Promise<Result<InspectedPack>> {
  const found = await resolveEnsemble(dir, manifest, shelf);
  if (!found.ok) return found;
  const first = await readManifest(found.value.together!.dirs[0]!);
  if (!first.ok) return first;
  return ok({ model: found.value, takenOver: [], derivedGenres: null, windowSec: windowSecOf(first.value.manifest) });
}

const windowSecOf = ({ input }: Pick<ModelManifest, 'input'>): number => windowSeconds(frontEndOf(input));

function describePack({ dir, manifest, takenOver }: LoadedModel): InspectedPack {
  return {
    model: { ...modelInfo(manifest), license: manifest.license, dir },
    takenOver,
    derivedGenres: derivedGenres(manifest),
    windowSec: windowSecOf(manifest),
  };
}

function derivedGenres({ outputs }: LoadedModel['manifest']): PackReport['derivedGenres'] {
  if (outputs.some(({ task }) => task === 'genre')) return null;
  const output = outputs.find(({ task }) => task === 'genre-wide');
  const derived = output && derivedTasks(output).genre;
  if (!derived) return null;
  return derived.labels.map((genre, i) => ({
    genre,
    labels: derived.members[i]!.map((label) => output.labels[label]!),
  }));
}

const unlessAbsent = (error: unknown): void => {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
};

function unwritable(folder: string, error: unknown): Result<never> {
  const why = error instanceof Error ? error.message : String(error);
  return failed(
    'write-failed',
    `The model folder ${folder} could not be changed (${why}); it was left as it was. Make room there, or give yourself the right to write.`,
  );
}
