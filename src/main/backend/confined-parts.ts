import { failed, type Result } from '#shared/domain/failure';
import { walk } from '../adapters/walk';
import type { AnalysisService, DescribeService, TagWriter } from '../ports';
import type { Confinement } from './confinement';
import type { BackendParts } from './context';

/**
 * The parts that touch the user's files, each kept within the folders: what a library knows of other places, and what a link in the folders
 * leads to, is refused where it would be opened, whatever way a request came by it.
 */
export function confineParts(parts: BackendParts, confinement: Confinement): BackendParts {
  if (!confinement.folders) return parts;
  return {
    ...parts,
    readTags: confinedReader(parts.readTags, confinement),
    tagWriter: confinedWriter(parts.tagWriter, confinement),
    analysis: confinedAnalysis(parts.analysis, confinement),
    createAnalysis: () => confinedAnalysis(parts.createAnalysis(), confinement),
    describer: confinedDescriber(parts.describer, confinement),
    walk: (root, signal) => (parts.walk ?? walk)(root, signal, confinement),
  };
}

const confinedReader =
  <T>(read: (path: string) => Promise<Result<T>>, { refusal }: Confinement) =>
  async (path: string): Promise<Result<T>> => {
    const why = await refusal(path);
    return why ? failed(why.code, why.message) : read(path);
  };

/** Settling what a crash left is no request of anybody's, so it is not confined. */
function confinedWriter(writer: TagWriter, confinement: Confinement): TagWriter {
  const refused = async (path: string) => {
    const why = await confinement.refusal(path);
    return why && ({ path, status: 'refused', ...why } as const);
  };
  return {
    plan: async (path, change, options) => (await refused(path)) ?? writer.plan(path, change, options),
    apply: async (plan, journal) => (await refused(plan.path)) ?? writer.apply(plan, journal),
    undo: async (path, entry, journal) => (await refused(path)) ?? writer.undo(path, entry, journal),
    async planBack(path, written, options) {
      const plan = await refused(path);
      return plan ? { plan, left: [] } : writer.planBack(path, written, options);
    },
    fileHash: confinedReader((path) => writer.fileHash(path), confinement),
    audioHash: confinedReader((path) => writer.audioHash(path), confinement),
    recover: (path, entry) => writer.recover(path, entry),
    sweep: (folder) => writer.sweep(folder),
  };
}

const confinedAnalysis = (analysis: AnalysisService, { refusal }: Confinement): AnalysisService => ({
  start: (options) => analysis.start(options),
  setLoad: (load) => {
    analysis.setLoad(load);
  },
  async analyze(request, signal) {
    const why = await refusal(request.path);
    return why ? { status: 'failed', ...why } : analysis.analyze(request, signal);
  },
  probe: (options, tryAgain) => analysis.probe(options, tryAgain),
  tryModel: (modelDir) => analysis.tryModel(modelDir),
  onNotice: (listener) => {
    analysis.onNotice(listener);
  },
  close: () => analysis.close(),
});

const confinedDescriber = (describer: DescribeService, { refusal }: Confinement): DescribeService => ({
  async describe(request, options, signal) {
    const why = await refusal(request.path);
    return why ? { status: 'failed', ...why } : describer.describe(request, options, signal);
  },
  close: () => describer.close(),
});
