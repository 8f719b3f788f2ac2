import { CodedError } from '#shared/domain/failure';
import type { DoctorReport } from '#shared/contract/schemas';
import { providerCandidates, type ProviderTrial } from '../adapters/onnx/providers';
import type { AnalysisOptions, SpawnAnalysis } from '../ports';
import { ProcessClient, within } from './process-client';

const TRIAL_MS = 30_000;

export type ProviderReport = DoctorReport['providers'];

/**
 * Tries the providers this platform may have, each checked against the CPU, in a process that may die of it.
 * @returns a trial per candidate, in order of preference. Throws the `CodedError` of a model that can't be loaded.
 */
export async function tryCandidates(
  spawn: SpawnAnalysis,
  modelDir: string,
  candidates: readonly string[] = providerCandidates(),
): Promise<Map<string, ProviderTrial>> {
  const trials = new Map<string, ProviderTrial>();
  let client: ProcessClient | null = null;
  try {
    for (const provider of candidates) {
      client ??= new ProcessClient(spawn, () => undefined);
      const trial = await tryOne(client, modelDir, provider);
      trials.set(provider, trial.result);
      if (trial.died) client = null;
    }
  } finally {
    void client?.end();
  }
  return trials;
}

async function tryOne(
  client: ProcessClient,
  modelDir: string,
  provider: string,
): Promise<{ result: ProviderTrial; died: boolean }> {
  try {
    const { answer } = client.call({ type: 'try', modelDir, provider });
    const reply = await within(TRIAL_MS, answer, () => void client.end());
    if (reply.type !== 'trial') throw new Error(`a trial was answered by ${reply.type}`);
    return { result: reply.trial, died: false };
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'analysis-crashed') throw error;
    void client.end();
    const detail = 'the trial process crashed or hung in this provider';
    return { result: { state: 'failed', detail, faster: false }, died: true };
  }
}

/** The best provider that works and beats the CPU; the CPU otherwise. */
export function bestProvider(trials: ReadonlyMap<string, ProviderTrial>): string {
  for (const [provider, { state, faster }] of trials) if (state === 'works' && faster) return provider;
  return 'cpu';
}

/** @param inUse the provider that runs or would run; null if the model can't be loaded. */
export function reportProviders(trials: ReadonlyMap<string, ProviderTrial>, inUse: string | null): ProviderReport {
  const tried = [...trials].map(([name, { state, detail, faster }]) => ({
    name,
    state: name === inUse ? ('in-use' as const) : state,
    detail: state === 'works' && !faster ? `${detail}; not faster than the CPU` : detail,
  }));
  const cpu = {
    name: 'cpu',
    state: inUse === 'cpu' ? ('in-use' as const) : ('works' as const),
    detail: 'always there',
  };
  return [...tried, cpu];
}

/** The provider to use for these options, trying candidates where it is `auto`. A named one must pass its trial. */
export async function chooseProvider(spawn: SpawnAnalysis, options: AnalysisOptions): Promise<string> {
  if (options.provider === 'cpu') return 'cpu';
  if (options.provider === 'auto') return bestProvider(await tryCandidates(spawn, options.modelDir));
  const trials = await tryCandidates(spawn, options.modelDir, [options.provider]);
  const trial = trials.get(options.provider);
  if (trial?.state === 'works') return options.provider;
  throw new CodedError(
    'provider-unavailable',
    `The provider ${options.provider} can't be used here (${trial?.detail ?? 'not tried'}); choose auto or cpu.`,
  );
}
