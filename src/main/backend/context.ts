import type { Walked } from '../adapters/walk';
import type { AnalysisService, ListModels, ReadTags, TagWriter } from '../ports';
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
  readonly modelFolders: readonly string[];
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
  readonly jobs: JobRunner;
  readonly events: EventHub;
  readonly walk: (root: string, signal?: AbortSignal) => AsyncIterable<Walked>;
  readonly onBug: (error: unknown) => void;
}
