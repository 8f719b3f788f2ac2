import type { Reach, Walked } from '../adapters/walk';
import type {
  AnalysisService,
  DescribeService,
  ListModels,
  ModelPacks,
  PowerSource,
  ReadTags,
  TagWriter,
} from '../ports';
import type { Store } from '../store';
import type { AnalysisSession } from './analysis-session';
import type { KeptHearings } from './comparison/kept-hearings';
import type { Confinement } from './confinement';
import type { LastEvaluation } from './evaluation/last-evaluation';
import type { EventHub } from './events';
import type { JobRunner } from './jobs/runner';
import type { Machine } from './machine';
import type { FindPlaybackDecoders, Playback } from './playback';
import type { PlaylistSync } from './playlist-export/sync';
import type { Refinement } from './refinement';
import type { Likeness } from './review/likeness';

/** What a backend is put together from; tests put fakes here and nowhere deeper. */
export interface BackendParts {
  readonly store: Store;
  readonly readTags: ReadTags;
  readonly tagWriter: TagWriter;
  readonly listModels: ListModels;
  readonly analysis: AnalysisService;
  /** Makes another one, for models that are heard beside the library; who asks for it closes it. */
  readonly createAnalysis: () => AnalysisService;
  readonly describer: DescribeService;
  readonly modelPacks: ModelPacks;
  readonly modelFolders: readonly string[];
  /** That one of the model folders which is the user's own; packs are added there. */
  readonly userModels: string;
  /** Without it nothing is known of the power supply. */
  readonly power?: PowerSource;
  readonly modelId?: string;
  readonly provider?: string;
  /** Told of errors that are no `CodedError`: bugs. */
  readonly onBug?: (error: unknown) => void;
  /** Decodes what a window can't play itself; without it, by what the listening settings lead to. */
  readonly playbackDecoders?: FindPlaybackDecoders;
  readonly walk?: (root: string, signal?: AbortSignal, reach?: Reach) => AsyncIterable<Walked>;
  /** Hears in full what was heard quickly as long as nothing else is to be done, without being asked: for hosts of a window. */
  readonly refinesUnasked?: boolean;
  /** Where the user's files may be touched; without it, anywhere. */
  readonly confinement?: Confinement;
}

/** What handlers and jobs work with. */
export interface Context {
  readonly store: Store;
  readonly readTags: ReadTags;
  readonly tagWriter: TagWriter;
  readonly session: AnalysisSession;
  readonly createAnalysis: () => AnalysisService;
  readonly describer: DescribeService;
  /** What was heard to compare models. */
  readonly hearings: KeptHearings;
  readonly modelPacks: ModelPacks;
  readonly userModels: string;
  readonly jobs: JobRunner;
  readonly events: EventHub;
  readonly walk: (root: string, signal?: AbortSignal) => AsyncIterable<Walked>;
  readonly onBug: (error: unknown) => void;
  readonly machine: Machine;
  readonly refinement: Refinement;
  readonly playback: Playback;
  readonly evaluation: LastEvaluation;
  /** The library's embeddings, see `createLikeness`. */
  readonly likeness: () => Promise<Likeness>;
  readonly playlistSync: PlaylistSync;
  readonly refinesUnasked: boolean;
  readonly confinement: Confinement;
}
