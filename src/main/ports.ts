import type { AnalysisOutcome, FailedAnalysis, WindowPlan } from '#shared/domain/analysis';
import type { Ensemble } from './core/ensemble/track';
import type { Stretch } from './core/windows/stretches';
import type { Result } from '#shared/domain/failure';
import type { CurvePoint } from '#shared/domain/hands-free/precision';
import type {
  FieldDiff,
  FilePlan,
  LeftField,
  OwnTags,
  PlannedFile,
  TagChange,
  UndoResult,
  WriteReceipt,
  WriteResult,
} from '#shared/domain/tags';
import type { ListeningOptions, Share } from '#shared/domain/listening';
import type { WritingOptions } from '#shared/domain/writing';
import type { DoctorReport, ModelInfo, ModelProblem, PackReport } from '#shared/contract/schemas';

/** What the backend needs from the world. Adapters implement these; tests may fake them here and nowhere deeper. */

/** The analysis process seen from the backend: it decodes, computes mel windows, infers and aggregates, a track a request. */
export interface AnalysisService {
  /** Starts the process, loads the model and chooses a provider. Rejects with a `CodedError` (`model-missing`, …). */
  start(options: AnalysisOptions): Promise<AnalysisInfo>;
  /** How much of the machine may be taken from now on, also by what is started later. A running process follows as far as it can. */
  setLoad(load: { readonly share: Share; readonly inFront: boolean }): void;
  /**
   * Analyses one file. Never rejects for what is wrong with the file: that is a failed outcome. If the process dies, the
   * outcome is `analysis-crashed`; an aborted signal gives `cancelled` within a second.
   */
  analyze(request: AnalysisRequest, signal: AbortSignal): Promise<AnalysisOutcome>;
  /**
   * What `doctor` shows of decoders, providers and the onnxruntime version; works without `start`.
   * @param tryAgain forgets the verdicts on providers first, and ends what was started: the next `start` goes by the new ones.
   */
  probe(
    options: AnalysisOptions,
    tryAgain?: boolean,
  ): Promise<Pick<DoctorReport, 'onnxruntime' | 'decoders' | 'providers'>>;
  /** Loads a model in a process of its own and runs it on made-up input. Rejects with what is wrong with it. */
  tryModel(modelDir: string): Promise<ModelTrial>;
  /** Told of restarts, dropped providers and the like, for the user's eyes. */
  onNotice(listener: (level: 'info' | 'warning' | 'error', message: string) => void): void;
  close(): Promise<void>;
}

/** Describes how tracks sound in numbers (see `core/features`): in a process of its own, and without a model. */
export interface DescribeService {
  /**
   * Statistics of the middle 30 s of a file (of all of it where it is shorter) at 22,050 Hz. Never rejects for what is wrong with the file: that is
   * a failed description. If the process dies it is tried once more, alone, and then `analysis-crashed`.
   */
  describe(request: DescribeRequest, options: Partial<ListeningOptions>, signal: AbortSignal): Promise<Description>;
  /** Ends what is under way with `cancelled`. */
  close(): Promise<void>;
}

export interface DescribeRequest {
  readonly path: string;
  /** Some of `FEATURE_COLUMNS`. */
  readonly columns: readonly string[];
}

export type Description =
  | {
      readonly status: 'ok';
      readonly durationSec: number;
      /** In the order of the request's columns. */
      readonly values: readonly number[];
      readonly warnings: readonly string[];
    }
  | FailedAnalysis;

/** What of the settings is left out is as `DEFAULT_LISTENING` says. */
export interface AnalysisOptions extends Partial<ListeningOptions> {
  /** Folder that holds model.json and the onnx file. */
  readonly modelDir: string;
  /** Of an ensemble, whose members are what is started. */
  readonly ensemble?: FoundEnsemble;
  /** `auto`, or the name of an onnxruntime provider that must work (`provider-unavailable` otherwise). */
  readonly provider: string;
}

/** What is known of the machine's power supply. */
export interface PowerSource {
  /** Null where it can't be told. */
  onBattery(): boolean | null;
  /** Told of each change. Returns a function that ends the watch. */
  watch(listener: () => void): () => void;
}

/** Where the verdicts on providers are kept between starts, as one text. */
export interface VerdictFile {
  /** Null if nothing was written yet. */
  read(): string | null;
  write(text: string): void;
}

export interface ModelTrial {
  /** On the CPU, a batch at a time. */
  readonly msPerWindow: number;
}

export interface AnalysisInfo {
  readonly model: ModelInfo;
  readonly frontEnd: string;
  readonly provider: string;
  readonly decoder: string;
  /** How many requests to keep in flight so that all workers are busy. */
  readonly concurrency: number;
}

export interface AnalysisRequest {
  readonly path: string;
  readonly plan: WindowPlan;
  /** Hash of the file's audio payload, where it is known already: then it is not read for it again. */
  readonly contentHash?: string;
  /** Gives `windowValues` with the result. */
  readonly keepWindows?: boolean;
}

/** Starts the analysis process as the host can (fork, utilityProcess) and gives the channel to it. */
export type SpawnAnalysis = () => ProcessChannel;

/** A child process seen as a channel of structured-clone values. */
export interface ProcessChannel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, when the process is gone; `code` is null if a signal ended it. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** What the content of a file is, by its bytes; `text` and `unknown` are no audio that we know. */
export type AudioKind =
  | 'mp3'
  | 'flac'
  | 'ogg-vorbis'
  | 'ogg-opus'
  | 'ogg-flac'
  | 'ogg-other'
  | 'wav'
  | 'aiff'
  | 'mp4'
  | 'asf'
  | 'aac'
  | 'ape'
  | 'wavpack'
  | 'musepack'
  | 'dsd'
  | 'matroska'
  | 'empty'
  | 'text'
  | 'unknown';

/** Turns files of some kinds into samples. */
export interface Decoder {
  /** Shown to users and stored with results, e.g. `ffmpeg 5.1.6`, `mpg123 (wasm)`. */
  readonly name: string;
  /**
   * Starts decoding. Nothing is held in memory but a few chunks; aborting the signal ends it at once (`cancelled`).
   * Fails with `decode-failed`, `unsupported-format`, `decode-timeout`, or what is wrong with the file.
   */
  open(path: string, kind: AudioKind, signal: AbortSignal): Promise<Result<DecodedAudio>>;
}

export interface DecodedAudio {
  /** Samples per second of the file, a whole number. */
  readonly sampleRate: number;
  /** What the file's headers promise, null if they don't or only guess; some decoders know it after the first chunk only. */
  readonly declaredSec: number | null;
  /**
   * Mono samples (mean of all channels), about -1..1, in chunks of the decoder's choosing; a chunk is valid until the next is asked for.
   * Throws a `CodedError` when nothing more can be had; leaving the loop early releases everything.
   */
  readonly chunks: AsyncIterable<Float32Array>;
  /** What was wrong on the way without being fatal; complete after the last chunk. */
  readonly warnings: readonly string[];
}

/** Decodes parts of a track without decoding what lies between, for some kinds of files. */
export interface SeekingDecoder {
  /**
   * Looks a file's structure through, without decoding. Null wherever its length or the way to its places is not certain, and where the kind
   * can't be sought in: the whole has to be decoded then.
   */
  open(path: string, kind: AudioKind, signal: AbortSignal): Promise<SeekableAudio | null>;
}

export interface SeekableAudio {
  /** As `Decoder.name`. */
  readonly decoder: string;
  /** Samples per second of the file, a whole number. */
  readonly sampleRate: number;
  /** Of the whole track: exactly as many as decoding all of it gives, or up to `doubt` more or fewer. */
  readonly samples: number;
  /** 0 where `samples` is certain; else how many there are is told by the length of a last stretch that ends at Infinity. */
  readonly doubt: number;
  /** The share of the track up to which decoding stretches costs less than decoding all of it. */
  readonly worthShare: number;
  /**
   * Mono samples (mean of all channels) of each stretch, all of them and nothing else; an array is the caller's own.
   * Throws where the file turns out to be other than it seemed: what was given before is right, but the whole has to be decoded.
   * @param stretches ascending, not overlapping, within `samples`; the last may end at Infinity where there is a doubt.
   */
  read(stretches: readonly Stretch[]): AsyncIterable<Float32Array>;
  close(): Promise<void>;
}

export interface FoundModel extends ModelInfo {
  readonly license: string;
  /** Folder that holds model.json and the onnx file. */
  readonly dir: string;
  /** How it was judged on tracks that it had not learnt from, as its manifest says; a task is absent where that says nothing. */
  readonly heldOut?: Readonly<Partial<Record<'genre' | 'mood', HeldOut>>>;
  /** Of an ensemble, whose folder holds no onnx file. */
  readonly together?: FoundEnsemble;
}

/** An ensemble with its members found, and its labels matched with theirs. */
export interface FoundEnsemble extends Ensemble {
  readonly model: ModelInfo;
  /** The members' folders, in the members' order. */
  readonly dirs: readonly string[];
}

export interface HeldOut {
  readonly protocol: string;
  readonly atOrAbove: readonly CurvePoint[];
}

/** Models found in folders of model folders; broken ones are failures, not exceptions. */
export type ListModels = (
  folders: readonly string[],
) => Promise<{ models: readonly FoundModel[]; failures: readonly ModelProblem[] }>;

/** A model pack as it lies in a folder, its files checked against its manifest. */
export interface InspectedPack {
  readonly model: FoundModel;
  readonly takenOver: readonly string[];
  readonly derivedGenres: PackReport['derivedGenres'];
  readonly windowSec: number;
}

/** Brings model packs into a folder of model folders and out of it. */
export interface ModelPacks {
  /** @param shelf the models that an ensemble's members are looked for among */
  inspect(dir: string, shelf: Awaited<ReturnType<ListModels>>): Promise<Result<InspectedPack>>;
  /** Copies a pack that was inspected to `folder`/<id>, with its manifest in our format; all of it or nothing. */
  install(dir: string, folder: string): Promise<Result<{ dir: string }>>;
  /** Deletes a model's folder, which must lie in `folder` itself. */
  remove(dir: string, folder: string): Promise<Result<null>>;
}

/** Reads a file's own tags and format, by content and not by name. */
export type ReadTags = (path: string) => Promise<Result<OwnTags>>;

export interface PlanOptions extends Partial<WritingOptions> {
  /** May the file that a symbolic link leads to be written? Without it, any may. */
  readonly mayWrite?: (path: string) => boolean;
}

/**
 * A file after a crash: as before the write, as after it, neither of them (something else changed it), or overwritten in part
 * and out of reach, so that it has to wait for the next start.
 */
export type Recovered = 'not-written' | 'written' | 'unknown' | 'later';

/** Plans and makes changes to files' tags. */
export interface TagWriter {
  /** Touches nothing. What `options` leaves out is as the writer was made. */
  plan(path: string, change: TagChange, options?: PlanOptions): Promise<PlannedFile>;
  /**
   * Carries out one plan: re-checks the stamp, writes a temporary file beside the original, re-reads and compares it,
   * journals the old bytes, fsyncs, renames, fsyncs the folder. On any refusal the original is untouched.
   */
  apply(plan: FilePlan, journal: WriteJournal): Promise<WriteResult>;
  /**
   * Puts the old bytes back, if the file is still, byte for byte, as the write left it; in the same way as `apply`. The journal
   * gets the way forward again, by which the undo can be undone.
   */
  undo(path: string, entry: UndoEntry, journal?: WriteJournal): Promise<UndoResult>;
  /**
   * Plans to put back those fields that still hold what was written, for a file that something else has changed since; the
   * plan is for `apply`. Refused if the audio is not the same, so that it is another file.
   */
  planBack(path: string, written: WrittenFields, options?: PlanOptions): Promise<FieldsBackPlan>;
  /** Hex SHA-256 of the whole file. */
  fileHash(path: string): Promise<Result<string>>;
  /** Hex SHA-256 of the audio payload: what stays equal whatever happens to the tags. */
  audioHash(path: string): Promise<Result<string>>;
  /**
   * Looks at a file after a crash and settles it: removes the left-over temporary file, and puts the old bytes back where they
   * were being overwritten.
   */
  recover(path: string, entry: UndoEntry): Promise<Recovered>;
  /** Removes the temporary files that killed writers left in a folder where no write is under way; gives their number. */
  sweep(folder: string): Promise<number>;
}

/** A change of bytes: at `offset` of the old file, `remove` bytes give way to `insert`. Ascending, not overlapping. */
export interface Splice {
  readonly offset: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

/** All it takes to put a file back byte for byte: splices from the new file to the old one, and what to check. */
export interface UndoEntry {
  readonly splices: readonly Splice[];
  readonly receipt: WriteReceipt;
  /** Modification time of the old file in nanoseconds, put back on undo. */
  readonly mtimeNs: string;
}

/** What was written into a file: the changes of each write, the last one first, and the audio that it held. */
export interface WrittenFields {
  readonly writes: readonly (readonly FieldDiff[])[];
  readonly audioHash: string;
}

export interface FieldsBackPlan {
  /** Null if no field has to be put back. */
  readonly plan: PlannedFile | null;
  readonly left: readonly LeftField[];
}

/** Where a write is made durable before it happens; implemented by the store. */
export interface WriteJournal {
  /** Durable (fsynced) when it returns. Called after the temporary file is verified and before the rename. */
  begin(path: string, entry: UndoEntry): void;
}
