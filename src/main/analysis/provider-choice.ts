import { CodedError } from '#shared/domain/failure';
import type { DoctorReport } from '#shared/contract/schemas';
import { loadModel } from '../adapters/models';
import { deviceOf, type Device } from '../adapters/onnx/devices';
import { providerName } from '../adapters/onnx/providers';
import { WASM } from '../adapters/onnx/runtime';
import type { ProviderTrial } from '../adapters/onnx/trial';
import type { AnalysisOptions, SpawnAnalysis } from '../ports';
import { ProcessClient, within } from './process-client';
import type { ProviderPlan } from './protocol';
import type { Tried, Verdicts } from './verdicts';

const TRIAL_MS = 60_000;
/** A batch that takes so many times as long as it was measured to hangs; on a busy machine it may well take a few times as long. */
const HANGS_AFTER = 20;
const HANGS_AFTER_MS = 10_000;

export type ProviderReport = DoctorReport['providers'];

/** What to run a model on, best first; the last one has nothing after it and is not given up. */
export interface ProviderChain {
  /** At least one. */
  readonly plans: readonly ProviderPlan[];
  /** The first was asked for by name: if it doesn't even start, that is an error and no reason to take another. */
  readonly named: boolean;
  /** Why it has to be WebAssembly, if so. */
  readonly lastResort: string | null;
}

/** The model to try providers with. */
interface Subject {
  readonly modelDir: string;
  readonly sha256: string;
}

interface Verdict {
  readonly provider: string;
  readonly device: Device;
  readonly trial: ProviderTrial;
}

/** Knows which providers work here, by trials whose verdicts are kept, and which were dropped in this session. */
export class ProviderChoice {
  private readonly dropped = new Map<string, string>();

  constructor(
    private readonly spawn: SpawnAnalysis,
    private readonly verdicts: Verdicts,
    readonly candidates: readonly string[],
  ) {}

  /** It went wrong in a run: left out for the session, and tried anew in the next one. */
  drop(provider: string, reason: string): void {
    this.dropped.set(provider, reason);
    this.verdicts.forget(provider);
  }

  /** Forgets all verdicts, bad ones too. */
  forgetAll(): void {
    this.dropped.clear();
    this.verdicts.forget();
  }

  /** Throws the `CodedError` of a model that can't be loaded, or `provider-unavailable` for a named provider that fails its trial. */
  async chain({ modelDir, provider }: AnalysisOptions): Promise<ProviderChain> {
    const subject = await subjectOf(modelDir);
    if (provider === 'cpu') return { plans: [await this.cpuAsRemembered(subject)], named: true, lastResort: null };
    if (provider !== 'auto') return this.namedChain(subject, provider);
    const verdicts = await this.tryAll(subject, ['cpu', ...this.candidates]);
    const cpu = planOf(verdicts[0]!);
    if (cpu) return { plans: [...this.faster(verdicts), cpu], named: false, lastResort: null };
    const wasm = planOf(await this.tryOne(subject, WASM));
    // Nothing works: the start will say why.
    if (!wasm) return { plans: [{ provider: 'cpu' }], named: true, lastResort: null };
    return { plans: [wasm], named: false, lastResort: reasonOf(verdicts[0]!.trial) };
  }

  /** @param inUse the provider that runs; null if none does: then the one that would run is said to be in use. */
  async report(options: AnalysisOptions, inUse: string | null): Promise<ProviderReport> {
    const subject = await subjectOf(options.modelDir);
    const named = options.provider === 'auto' ? [] : [options.provider];
    const verdicts = await this.tryAll(subject, [...new Set(['cpu', ...named, ...this.candidates])]);
    if (verdicts[0]!.trial.state !== 'works') verdicts.push(await this.tryOne(subject, WASM));
    const chosen = inUse ?? (named[0] ? wouldWork(verdicts, named[0]) : this.wouldBeChosen(verdicts));
    const ranked = [...verdicts.slice(1), verdicts[0]!];
    return ranked.map((verdict) => ({
      name: verdict.provider,
      state:
        verdict.provider === chosen ? 'in-use' : this.dropped.has(verdict.provider) ? 'failed' : verdict.trial.state,
      detail: this.line(verdict, chosen),
    }));
  }

  private async namedChain(subject: Subject, provider: string): Promise<ProviderChain> {
    const verdict = await this.tryOne(subject, provider);
    const plan = planOf(verdict);
    if (!plan) throw unavailable(provider, reasonOf(verdict.trial));
    const last = provider === WASM ? [] : [await this.cpuAsRemembered(subject)];
    return { plans: [plan, ...last], named: true, lastResort: null };
  }

  /** The CPU needs no trial to be used: only what is known already of its best batch is taken up. */
  private async cpuAsRemembered({ sha256 }: Subject): Promise<ProviderPlan> {
    const trial = this.verdicts.find({ provider: 'cpu', device: await deviceOf('cpu'), model: sha256 });
    return trial?.state === 'works' ? { provider: 'cpu', batch: trial.batch } : { provider: 'cpu' };
  }

  /** Those that beat the CPU, the fastest first. */
  private faster(verdicts: readonly Verdict[]): ProviderPlan[] {
    const cpu = rateOf(verdicts[0]!);
    return verdicts
      .filter((verdict) => !this.dropped.has(verdict.provider) && rateOf(verdict) > cpu)
      .sort((a, b) => rateOf(b) - rateOf(a))
      .flatMap((verdict) => planOf(verdict) ?? []);
  }

  private wouldBeChosen(verdicts: readonly Verdict[]): string | null {
    const [fastest] = this.faster(verdicts);
    return fastest?.provider ?? wouldWork(verdicts, 'cpu') ?? wouldWork(verdicts, WASM);
  }

  private async tryAll(subject: Subject, providers: readonly string[]): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    for (const provider of providers) verdicts.push(await this.tryOne(subject, provider));
    return verdicts;
  }

  /** The remembered verdict, else a trial in a process that may die of it. */
  private async tryOne({ modelDir, sha256 }: Subject, provider: string): Promise<Verdict> {
    const device = await deviceOf(provider);
    const tried: Tried = { provider, device, model: sha256 };
    const known = this.verdicts.find(tried);
    if (known) return { provider, device, trial: known };
    const trial = await runTrial(this.spawn, modelDir, provider);
    // A CPU that fails is the machine's bad moment, or something that gets repaired; to remember it would slow all that follows.
    if (trial.state === 'works' || provider !== 'cpu') this.verdicts.remember(tried, trial);
    return { provider, device, trial };
  }

  /** "WebGPU on NVIDIA RTX A2000: 3,100 windows/s, checked against CPU, batch 64". */
  private line({ provider, device, trial }: Verdict, chosen: string | null): string {
    const name = `${providerName(provider)} on ${device.name}`;
    const dropped = this.dropped.get(provider);
    if (dropped !== undefined && provider !== chosen) return `${name}: dropped in this session, as it ${dropped}`;
    if (trial.state !== 'works') return `${trial.state === 'failed' ? name : providerName(provider)}: ${trial.reason}`;
    const rate = `${new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(trial.windowsPerSecond)} windows/s`;
    const checked = trial.difference === null ? [] : ['checked against CPU'];
    return `${name}: ${[rate, ...checked, `batch ${trial.batch}`].join(', ')}`;
  }
}

async function subjectOf(modelDir: string): Promise<Subject> {
  const model = await loadModel(modelDir);
  if (!model.ok) throw CodedError.from(model.failure);
  return { modelDir, sha256: model.value.manifest.sha256 };
}

async function runTrial(spawn: SpawnAnalysis, modelDir: string, provider: string): Promise<ProviderTrial> {
  const client = new ProcessClient(spawn, () => undefined);
  try {
    const { answer } = client.call({ type: 'try', modelDir, provider });
    const reply = await within(TRIAL_MS, answer, () => void client.end());
    if (reply.type !== 'trial') throw new Error(`a trial was answered by ${reply.type}`);
    return reply.trial;
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'analysis-crashed') throw error;
    return { state: 'failed', reason: 'the trial process crashed or hung in this provider' };
  } finally {
    void client.end();
  }
}

/** How to run a provider that works; all but the CPUs are watched. */
function planOf({ provider, trial }: Verdict): ProviderPlan | null {
  if (trial.state !== 'works') return null;
  const { batch, windowsPerSecond } = trial;
  if (provider === 'cpu' || provider === WASM) return { provider, batch };
  const limitMs = Math.round(Math.max(HANGS_AFTER_MS, (HANGS_AFTER * batch * 1000) / windowsPerSecond));
  return { provider, batch, limitMs };
}

const rateOf = ({ trial }: Verdict): number => (trial.state === 'works' ? trial.windowsPerSecond : 0);
const reasonOf = (trial: ProviderTrial): string => (trial.state === 'works' ? '' : trial.reason);
const wouldWork = (verdicts: readonly Verdict[], provider: string): string | null =>
  verdicts.some((verdict) => verdict.provider === provider && verdict.trial.state === 'works') ? provider : null;

export const unavailable = (provider: string, reason: string): CodedError =>
  new CodedError(
    'provider-unavailable',
    `The provider ${provider} can't be used here (${reason}); choose auto or cpu.`,
  );
