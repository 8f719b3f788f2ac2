import type { ModelInfo, ModelShelf } from '#shared/contract/schemas';
import { CodedError, toFailure, type Failure } from '#shared/domain/failure';
import type { AnalysisInfo, AnalysisOptions, AnalysisService, FoundModel, ListModels } from '../ports';
import type { BackendParts } from './context';
import { membersKey } from '../core/ensemble/track';
import { listeningSettings } from './listening-settings';
import { abortable } from './stages/bounded';

type Found = Awaited<ReturnType<ListModels>>;

export interface AnalysisSession {
  readonly service: AnalysisService;
  /** Looks into the model folders again. */
  models(): Promise<Found>;
  /** The model asked for (`--model`, else the setting, else the one that installs come with), and by whom. */
  wanted(): { readonly id: string; readonly by: ModelShelf['chosen']['by'] };
  /** The model to use out of those found (or that of this id), or why there is none. */
  choice(found: Found, id?: string): FoundModel | Failure;
  /** Makes this model the one to use, also after a restart, and shows its results. @throws CodedError */
  choose(id: string): Promise<void>;
  /** The chosen model's files were changed: what is loaded of them is out of date. @throws CodedError */
  reload(): Promise<void>;
  /** The settings of listening changed: what was started with other ones is started anew by the next job. */
  settingsChanged(): void;
  /** Loads the chosen model (once) and makes it the one whose results are shown. Rejects with why it can't. */
  start(signal: AbortSignal): Promise<AnalysisInfo>;
  /**
   * Loads a model for hearing beside the library; null: as `start`. The results shown stay those of the chosen one, which the next `start`
   * loads again. Loading is not broken off half-way.
   */
  startWith(id: string | null, signal: AbortSignal): Promise<AnalysisInfo>;
  /** Shows the chosen model's results without loading it. Rejects with why there is no model. */
  showChosen(): Promise<void>;
  /** Why the chosen model could not be found or loaded, as far as it was tried. */
  problems(): readonly Failure[];
  /** For `doctor`: works without a model. */
  options(): Promise<AnalysisOptions>;
  /** What a model is started with, by the settings of now. */
  optionsFor(model: Pick<FoundModel, 'dir' | 'together'>): AnalysisOptions;
}

/** The model that new installs come with; chosen where no other is asked for. */
const PREFERRED = 'base';
/** The user's choice, an id: a newer version of it is used without being chosen again. */
const SETTING = 'model';

export const modelKey = (model: Pick<ModelInfo, 'id' | 'version'>): string => `${model.id}@${model.version}`;

/** Knows which model is to be used, and starts the analysis process when it is first needed. */
export function createAnalysisSession(parts: BackendParts): AnalysisSession {
  const { analysis: service, store } = parts;
  let starting: Promise<AnalysisInfo> | null = null;
  let problem: Failure | null = null;
  /** What the analysis was started with last. */
  let begun: { readonly model: FoundModel; readonly options: string } | null = null;

  const models = () => parts.listModels(parts.modelFolders);
  const asked = (): string | undefined => parts.modelId ?? store.settings.get(SETTING) ?? undefined;
  const choice = (found: Found, id = asked()): FoundModel | Failure => chooseModel(found, id);

  async function chosen(): Promise<FoundModel> {
    const model = choice(await models());
    problem = 'code' in model ? model : null;
    if ('code' in model) throw CodedError.from(model);
    return model;
  }

  function optionsFor(model: Partial<Pick<FoundModel, 'dir' | 'together'>>): AnalysisOptions {
    const { dir: modelDir = '', together: ensemble } = model;
    const { share, ffmpegPath, maxFileMinutes, timeoutMinutes, provider } = listeningSettings(store);
    return {
      ...{ modelDir, provider: parts.provider ?? provider, share, ffmpegPath, maxFileMinutes, timeoutMinutes },
      ...(ensemble && { ensemble }),
    };
  }

  async function begin(): Promise<AnalysisInfo> {
    const model = await chosen();
    const wanted = optionsFor(model);
    begun = { model, options: JSON.stringify(wanted) };
    const info = await service.start(wanted);
    store.activate({ model: modelKey(info.model), frontEnd: info.frontEnd });
    return info;
  }

  async function showChosen(): Promise<void> {
    const found = await chosen();
    const model = modelKey(found);
    // An ensemble's results go stale with its members, which is known before they are loaded.
    const last = store.results.lastFrontEnd(model, found.together ? membersKey(found.together) : '');
    store.activate({ model, frontEnd: last });
  }

  async function reload(): Promise<void> {
    starting = null;
    await showChosen();
  }

  function start(signal: AbortSignal): Promise<AnalysisInfo> {
    if (!starting) {
      starting = begin();
      starting.then(
        () => {
          problem = null;
        },
        (error: unknown) => {
          // Tried again by the next job: the model may have been put there meanwhile.
          starting = null;
          problem = toFailure(error);
        },
      );
    }
    return abortable(starting, signal);
  }

  async function startWith(id: string | null, signal: AbortSignal): Promise<AnalysisInfo> {
    const found = await models();
    const model = chooseModel(found, id ?? asked());
    if ('code' in model) throw CodedError.from(model);
    const own = choice(found);
    if (!('code' in own) && own.dir === model.dir) return start(signal);
    signal.throwIfAborted();
    starting = null;
    const info = await service.start(optionsFor(model));
    signal.throwIfAborted();
    return info;
  }

  return {
    service,
    start,
    startWith,
    models,
    choice,
    reload,
    showChosen,
    settingsChanged: () => {
      if (begun && JSON.stringify(optionsFor(begun.model)) !== begun.options) starting = null;
    },
    wanted: () => ({
      id: asked() ?? PREFERRED,
      by: parts.modelId !== undefined ? 'command-line' : asked() === undefined ? 'default' : 'setting',
    }),
    async choose(id) {
      const model = chooseModel(await models(), id);
      if ('code' in model) throw CodedError.from(model);
      store.settings.set(SETTING, model.id);
      await reload();
    },
    optionsFor,
    problems: () => (problem ? [problem] : []),
    async options() {
      const model = choice(await models());
      return optionsFor('code' in model ? {} : model);
    },
  };
}

/**
 * The model asked for (`id` or `id@version`), else `base`, else the first found; or why there is none. A model that is there
 * but broken is said to be so, and never replaced by another one: only where neither is there does the first one found stand in.
 */
export function chooseModel({ models, failures }: Found, wanted: string | undefined): FoundModel | Failure {
  const id = wanted ?? PREFERRED;
  const match = models.find((model) => model.id === id || modelKey(model) === id);
  if (match) return match;
  const broken = failures.find((failure) => failure.id === id.replace(/@.*$/, ''));
  if (broken) return broken;
  const [first] = models;
  if (wanted === undefined && first) return first;
  if (wanted === undefined && failures[0]) return failures[0];
  const others = models.map(modelKey).join(', ');
  const what = wanted ? `The model ${wanted} was not found.` : 'There is no model to listen with.';
  return {
    code: 'model-missing',
    message: `${what} ${others ? `Choose one of these: ${others}.` : 'Put a model folder (model.json and its onnx file) into the models folder, or install Genregram again.'}`,
  };
}
