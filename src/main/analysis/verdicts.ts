import { z } from 'zod';
import type { Device } from '../adapters/onnx/devices';
import { TRIAL_VERSION } from '../adapters/onnx/golden';
import { runtimeVersion } from '../adapters/onnx/runtime';
import type { ProviderTrial } from '../adapters/onnx/trial';
import type { VerdictFile } from '../ports';

/** What a verdict is about; a change of any part makes it void. */
export interface Tried {
  readonly provider: string;
  readonly device: Device;
  /** SHA-256 of the onnx file. */
  readonly model: string;
}

const trialSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('works'),
    windowsPerSecond: z.number().positive(),
    batch: z.number().int().positive(),
    difference: z.number().nullable(),
  }),
  z.object({ state: z.enum(['failed', 'not-compiled-in']), reason: z.string() }),
]);
const entrySchema = z.object({ provider: z.string(), model: z.string(), key: z.string(), trial: trialSchema });
type Entry = z.infer<typeof entrySchema>;

/** The verdicts on providers, kept between starts: one for each provider and model, valid as long as its key is. */
export class Verdicts {
  constructor(private readonly file: VerdictFile) {}

  /** What is remembered; null if nothing is, or if something has changed since. */
  find(tried: Tried): ProviderTrial | null {
    const key = keyOf(tried);
    return this.entries().find((entry) => entry.key === key)?.trial ?? null;
  }

  remember(tried: Tried, trial: ProviderTrial): void {
    const { provider, model } = tried;
    const others = this.entries().filter((entry) => entry.provider !== provider || entry.model !== model);
    this.file.write(JSON.stringify([...others, { provider, model, key: keyOf(tried), trial } satisfies Entry]));
  }

  /** It has to pass its trial again. Without a name, all have to. */
  forget(provider?: string): void {
    const others = provider === undefined ? [] : this.entries().filter((entry) => entry.provider !== provider);
    this.file.write(JSON.stringify(others));
  }

  /** What can't be read, from a later version perhaps, is tried anew. */
  private entries(): readonly Entry[] {
    const text = this.file.read();
    if (text === null) return [];
    try {
      const stored: unknown = JSON.parse(text);
      return Array.isArray(stored) ? stored.flatMap((entry) => entrySchema.safeParse(entry).data ?? []) : [];
    } catch {
      return [];
    }
  }
}

const keyOf = ({ provider, device, model }: Tried): string =>
  JSON.stringify([provider, device.name, device.driver, model, runtimeVersion(), TRIAL_VERSION]);
