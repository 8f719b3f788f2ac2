import type { ModelInfo } from '#shared/contract/schemas';
import { CodedError, toFailure, type Failure } from '#shared/domain/failure';
import type { AnalysisInfo, AnalysisOptions, AnalysisService } from '../ports';
import type { BackendParts } from './context';
import { abortable } from './stages/bounded';

type FoundModel = ModelInfo & { dir: string };

export interface AnalysisSession {
  readonly service: AnalysisService;
  /** Looks into the model folders again. */
  models(): Promise<{ models: FoundModel[]; failures: Failure[] }>;
  /** Loads the chosen model (once) and makes it the one whose results are shown. Rejects with why it can't. */
  start(signal: AbortSignal): Promise<AnalysisInfo>;
  /** Shows the chosen model's results without loading it. Rejects with why there is no model. */
  showChosen(): Promise<void>;
  /** Why the chosen model could not be found or loaded, as far as it was tried. */
  problems(): readonly Failure[];
  /** For `doctor`: works without a model. */
  options(): Promise<AnalysisOptions>;
}

/** The model that new installs come with; chosen where no other is asked for. */
const PREFERRED = 'base';

export const modelKey = (model: Pick<ModelInfo, 'id' | 'version'>): string => `${model.id}@${model.version}`;

/** Knows which model is to be used, and starts the analysis process when it is first needed. */
export function createAnalysisSession(parts: BackendParts): AnalysisSession {
  const { analysis: service, store } = parts;
  let starting: Promise<AnalysisInfo> | null = null;
  let problem: Failure | null = null;

  const models = () => parts.listModels(parts.modelFolders);

  async function chosen(): Promise<FoundModel> {
    const choice = chooseModel(await models(), parts.modelId);
    problem = 'code' in choice ? choice : null;
    if ('code' in choice) throw CodedError.from(choice);
    return choice;
  }

  async function begin(): Promise<AnalysisInfo> {
    const choice = await chosen();
    const info = await service.start({ modelDir: choice.dir, provider: parts.provider ?? 'auto' });
    store.activate({ model: modelKey(info.model), frontEnd: info.frontEnd });
    return info;
  }

  return {
    service,
    models,
    start(signal) {
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
    },
    async showChosen() {
      const model = modelKey(await chosen());
      store.activate({ model, frontEnd: store.results.lastFrontEnd(model) });
    },
    problems: () => (problem ? [problem] : []),
    async options() {
      const choice = chooseModel(await models(), parts.modelId);
      return { modelDir: 'code' in choice ? '' : choice.dir, provider: parts.provider ?? 'auto' };
    },
  };
}

/** The model asked for (`id` or `id@version`), else `base`, else the first found; or why there is none. */
export function chooseModel(
  found: { models: readonly FoundModel[]; failures: readonly Failure[] },
  wanted: string | undefined,
): FoundModel | Failure {
  const { models, failures } = found;
  const id = wanted ?? PREFERRED;
  const match = models.find((model) => model.id === id || modelKey(model) === id);
  if (match) return match;
  if (wanted === undefined && models[0]) return models[0];
  const broken = failures.find((failure) => failure.message.includes(id)) ?? (wanted ? undefined : failures[0]);
  if (broken) return broken;
  const others = models.map((model) => model.id).join(', ');
  const what = wanted ? `The model ${wanted} was not found.` : 'There is no model to listen with.';
  return {
    code: 'model-missing',
    message: `${what} ${others ? `Choose one of these: ${others}.` : 'Put a model folder (model.json and its onnx file) into the models folder, or install Genregram again.'}`,
  };
}
