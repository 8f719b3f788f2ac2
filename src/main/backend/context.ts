import type { Walked } from '../adapters/walk';
import type { AnalysisService, ListModels, ModelPacks, ReadTags, TagWriter } from '../ports';
import type { Store } from '../store';
import type { AnalysisSession } from './analysis-session';
import type { EventHub } from './events';
import type { JobRunner } from './jobs/runner';

/** What a backend is put together from; tests put fakes here and nowhere deeper. */
export interface BackendParts {
  readonly store: Store;
  readonly readTags: ReadTags;
  readonly tagWriter: TagWriter;
  readonly listModels: ListModels;
  readonly analysis: AnalysisService;
  readonly modelPacks: ModelPacks;
  readonly modelFolders: readonly string[];
  /** That one of the model folders which is the user's own; packs are added there. */
  readonly userModels: string;
  readonly modelId?: string;
  readonly provider?: string;
  /** Told of errors that are no `CodedError`: bugs. */
  readonly onBug?: (error: unknown) => void;
  readonly walk?: (root: string, signal?: AbortSignal) => AsyncIterable<Walked>;
}

/** What handlers and jobs work with. */
export interface Context {
  readonly store: Store;
  readonly readTags: ReadTags;
  readonly tagWriter: TagWriter;
  readonly session: AnalysisSession;
  readonly modelPacks: ModelPacks;
  readonly userModels: string;
  readonly jobs: JobRunner;
  readonly events: EventHub;
  readonly walk: (root: string, signal?: AbortSignal) => AsyncIterable<Walked>;
  readonly onBug: (error: unknown) => void;
}
