import { basename, dirname } from 'node:path';
import type { Handlers } from '#shared/contract/methods';
import type { ModelShelf, PackReport } from '#shared/contract/schemas';
import { CodedError, type Result } from '#shared/domain/failure';
import { locate } from '../paths';
import { modelKey } from '../analysis-session';
import type { Context } from '../context';
import type { FoundModel, InspectedPack } from '../../ports';

type Names = 'models.list' | 'models.choose' | 'models.check' | 'models.add' | 'models.remove' | 'models.diff';

/** The models on the shelf: which there are, which is chosen, and packs of others that come and go. */
export function modelHandlers(context: Context): Pick<Handlers, Names> {
  const { session, store, jobs } = context;
  return {
    'models.list': () => shelf(context),
    'models.choose': async ({ id }) => {
      jobs.assertIdle();
      if (session.wanted().by === 'command-line')
        throw new CodedError(
          'invalid-input',
          'The model was named on the command line; start without --model to choose.',
        );
      await session.choose(id);
      context.events.emit('library.changed', {});
      return shelf(context);
    },
    'models.check': async ({ path }) => tried(context, await inspect(context, path), null),
    'models.add': ({ path }) => add(context, path),
    'models.remove': ({ id }) => remove(context, id),
    'models.diff': ({ limit }) => store.results.compareWithFormer(limit),
  };
}

const isOwn = ({ userModels }: Context, dir: string): boolean => dirname(dir) === userModels;

async function shelf(context: Context): Promise<ModelShelf> {
  const { session, userModels } = context;
  const found = await session.models();
  const chosen = session.choice(found);
  const problem = 'code' in chosen ? { code: chosen.code, message: chosen.message } : null;
  return {
    models: found.models.map((model) => ({
      ...model,
      chosen: !('code' in chosen) && model.dir === chosen.dir,
      removable: isOwn(context, model.dir),
    })),
    problems: found.failures,
    chosen: { ...session.wanted(), ...('code' in chosen ? {} : { id: chosen.id }), problem },
    folder: userModels,
  };
}

/** @throws CodedError what is wrong with the pack */
async function inspect({ modelPacks, session }: Context, given: string): Promise<InspectedPack> {
  const { path, isFolder } = await locate(given);
  if (!isFolder) throw new CodedError('invalid-input', `${path} is a file. Name the folder that model.json lies in.`);
  return valueOf(await modelPacks.inspect(path, await session.models()));
}

/** The trial run, in a process of its own: a graph may bring it down. An ensemble takes as long as its members together. */
async function tried({ session }: Context, pack: InspectedPack, replaces: FoundModel | null): Promise<PackReport> {
  const { model, ...rest } = pack;
  let msPerWindow = 0;
  for (const dir of model.together?.dirs ?? [model.dir])
    msPerWindow += (await session.service.tryModel(dir)).msPerWindow;
  return { ...rest, model, dir: model.dir, msPerWindow, replaces: replaces && modelKey(replaces) };
}

async function add(context: Context, given: string): Promise<PackReport> {
  const { jobs, session, modelPacks, userModels, events } = context;
  jobs.assertIdle();
  const pack = await inspect(context, given);
  const known = (await session.models()).models.find(({ id }) => id === pack.model.id);
  if (known) assertNewer(pack.model, known);
  const report = await tried(context, pack, known && isOwn(context, known.dir) ? known : null);
  jobs.assertIdle();
  const { dir } = valueOf(await modelPacks.install(pack.model.dir, userModels));
  if (report.replaces !== null && known && known.dir !== dir) valueOf(await modelPacks.remove(known.dir, userModels));
  await reloadIfConcerned(context, pack.model.id);
  events.emit('library.changed', {});
  return { ...report, dir };
}

/** If the chosen model is new, or an ensemble with a new member; whether it can still be used is for the shelf to say. */
async function reloadIfConcerned({ session }: Context, id: string): Promise<void> {
  const chosen = session.choice(await session.models());
  const isMember = 'code' in chosen || chosen.ensemble?.members.some((member) => member.id === id);
  if (session.wanted().id === id || isMember) await session.reload().catch(() => undefined);
}

/** Results are kept under id and version, so two of one name must not differ. */
function assertNewer(model: FoundModel, known: FoundModel): void {
  if (model.version !== known.version) return;
  if (model.sha256 === known.sha256)
    throw new CodedError(
      'invalid-input',
      `${modelKey(model)} is there already, in ${known.dir}. Choose it to listen with it.`,
    );
  throw new CodedError(
    'model-invalid',
    `${model.dir}: version: ${modelKey(known)} is in ${known.dir} with other weights; give this pack a higher version, so that their results are never mixed.`,
  );
}

async function remove(context: Context, id: string): Promise<{ dir: string }> {
  const { jobs, session, modelPacks, userModels, events } = context;
  jobs.assertIdle();
  const found = await session.models();
  const dir = dirOf(found, id);
  if (dir === null) throw new CodedError('not-found', `There is no model ${id}. See the list of models for their ids.`);
  if (!isOwn(context, dir))
    throw new CodedError(
      'invalid-input',
      `${id} lies in ${dir} and not in your own model folder (${userModels}), so it stays: it came with Genregram, or is yours to delete there.`,
    );
  const chosen = session.choice(found);
  if (!('code' in chosen) && dir === chosen.dir)
    throw new CodedError('invalid-input', `${id} is the chosen model. Choose another one first, then remove it.`);
  const gone = found.models.find((model) => model.dir === dir);
  const ensemble = gone && found.models.find((each) => each.ensemble?.members.some((member) => member.id === gone.id));
  if (ensemble)
    throw new CodedError(
      'invalid-input',
      `${id} is a member of the ensemble ${ensemble.id} (${ensemble.dir}), which can't be used without it. Remove the ensemble first.`,
    );
  valueOf(await modelPacks.remove(dir, userModels));
  events.emit('library.changed', {});
  return { dir };
}

/** By id; a pack whose id is taken or can't be read also by the name of its folder. */
function dirOf({ models, failures }: Awaited<ReturnType<Context['session']['models']>>, id: string): string | null {
  const named = failures.find(({ dir }) => basename(dir) === id);
  return (
    (named ?? models.find((model) => model.id === id) ?? failures.find((failure) => failure.id === id))?.dir ?? null
  );
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw CodedError.from(result.failure);
  return result.value;
}
