import { describe, expect, test } from 'vitest';
import { Verdicts, type Tried } from '../../../src/main/analysis/verdicts';
import type { ProviderTrial } from '../../../src/main/adapters/onnx/trial';

const tried: Tried = { provider: 'webgpu', device: { name: 'NVIDIA RTX A2000', driver: 'nvidia 550.1' }, model: 'a1' };
const works: ProviderTrial = { state: 'works', windowsPerSecond: 3100, batch: 64, difference: 1e-4 };
const failed: ProviderTrial = { state: 'failed', reason: 'no adapter found' };

function memory(text: string | null = null) {
  const file = {
    text,
    read: () => file.text,
    write: (next: string) => {
      file.text = next;
    },
  };
  return file;
}

describe('the verdicts on providers', () => {
  test('outlive the one who remembered them, good ones and bad ones', () => {
    const file = memory();
    new Verdicts(file).remember(tried, works);
    new Verdicts(file).remember({ ...tried, provider: 'cuda' }, failed);
    expect(new Verdicts(file).find(tried)).toEqual(works);
    expect(new Verdicts(file).find({ ...tried, provider: 'cuda' })).toEqual(failed);
  });

  test.each<[string, Partial<Tried>]>([
    ['another provider', { provider: 'cuda' }],
    ['another device', { device: { ...tried.device, name: 'NVIDIA RTX A4000' } }],
    ['another driver', { device: { ...tried.device, driver: 'nvidia 560.0' } }],
    ['another model', { model: 'b2' }],
  ])('%s has none', (_, change) => {
    const verdicts = new Verdicts(memory());
    verdicts.remember(tried, works);
    expect(verdicts.find({ ...tried, ...change })).toBeNull();
  });

  test('another version of onnxruntime, or of the trial, makes them void', () => {
    const file = memory();
    new Verdicts(file).remember(tried, works);
    const [entry] = JSON.parse(file.text!) as { key: string }[];
    const key = JSON.parse(entry!.key) as unknown[];
    for (const part of [4, 5]) {
      const other = key.map((value, i) => (i === part ? `${String(value)}0` : value));
      const stale = memory(JSON.stringify([{ ...entry, key: JSON.stringify(other) }]));
      expect(new Verdicts(stale).find(tried)).toBeNull();
    }
    expect(key).toHaveLength(6);
  });

  test('there is one for each provider and model: a new one takes the place of the old one', () => {
    const file = memory();
    const verdicts = new Verdicts(file);
    verdicts.remember(tried, works);
    verdicts.remember({ ...tried, model: 'b2' }, works);
    verdicts.remember({ ...tried, device: { ...tried.device, driver: 'nvidia 560.0' } }, failed);
    expect(JSON.parse(file.text!)).toHaveLength(2);
    expect(verdicts.find(tried)).toBeNull();
  });

  test('forgetting one leaves the others, forgetting all leaves none', () => {
    const verdicts = new Verdicts(memory());
    const cpu = { ...tried, provider: 'cpu' };
    verdicts.remember(tried, works);
    verdicts.remember(cpu, works);
    verdicts.forget('webgpu');
    expect([verdicts.find(tried), verdicts.find(cpu)]).toEqual([null, works]);
    verdicts.forget();
    expect(verdicts.find(cpu)).toBeNull();
  });

  test.each([
    '',
    '{',
    '7',
    '[{"provider":"webgpu"}]',
    '[{"provider":"webgpu","model":"a1","key":"x","trial":{"state":"sings"}}]',
  ])('what can’t be read is no verdict: %s', (text) => {
    const verdicts = new Verdicts(memory(text));
    expect(verdicts.find(tried)).toBeNull();
    verdicts.remember(tried, works);
    expect(verdicts.find(tried)).toEqual(works);
  });
});
