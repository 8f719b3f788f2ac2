import { describe, expect, test } from 'vitest';
import { ProviderFault } from '../../../src/main/adapters/onnx/fault';
import { openGuarded } from '../../../src/main/adapters/onnx/guarded-session';
import type { ModelSession, OpenSession } from '../../../src/main/adapters/onnx/session';
import type { LoadedModel } from '../../../src/main/adapters/models/load';

type Run = ModelSession['run'];
/** Twice the window's only value, and its square. */
const right: Run = (windows) =>
  Promise.resolve({
    twice: Float32Array.from(windows, ([value]) => 2 * value!),
    squares: Float32Array.from(windows.flatMap(([value]) => [value! ** 2, -(value! ** 2)])),
  });
const model = {} as LoadedModel;
const windows = [1, 2, 3, 4].map((value) => Float32Array.of(value));
const names = ['twice', 'squares'];

/** @param run what the provider does; `asked` gets what the CPU was asked for. */
function open(
  run: Run,
  { every = 500, limitMs = 1_000, cpu = right, asked = [] as number[] } = {},
): Promise<ModelSession> {
  const session: OpenSession = (_, provider) =>
    Promise.resolve({
      provider,
      fixedBatch: null,
      run:
        provider === 'cpu'
          ? (ask, outputs) => {
              asked.push(...ask.map(([value]) => value!));
              return cpu(ask, outputs);
            }
          : run,
      release: () => Promise.resolve(),
    });
  return openGuarded(model, 'webgpu', 2, { batch: 4, limitMs, every }, session);
}
const changed = async (
  change: (rows: { twice: Float32Array; squares: Float32Array }) => void,
): Promise<Record<string, Float32Array>> => {
  const rows = (await right(windows, names)) as { twice: Float32Array; squares: Float32Array };
  change(rows);
  return rows;
};

describe('a guarded session', () => {
  test('gives what the provider gives, and asks the CPU in the first batch and every so many', async () => {
    const asked: number[] = [];
    const session = await open(right, { every: 3, asked });
    for (let batch = 0; batch < 7; batch++)
      expect(await session.run(windows, names)).toEqual(await right(windows, names));
    expect(asked).toHaveLength(3);
    expect(new Set(asked).size).toBeGreaterThan(1);
  });

  test('a drift is found when its turn comes, in any output, and the batch is not given out', async () => {
    let batch = 0;
    const session = await open(
      () => changed((rows) => batch++ >= 2 && rows.squares.forEach((value, i) => (rows.squares[i] = value + 1))),
      { every: 3 },
    );
    for (let i = 0; i < 3; i++) await session.run(windows, names);
    await expect(session.run(windows, names)).rejects.toThrow(ProviderFault);
  });

  test('a difference within the tolerance is none', async () => {
    const session = await open(() => changed((rows) => (rows.twice[0]! += 1e-3)));
    await expect(session.run(windows, names)).resolves.toBeDefined();
  });

  test.each([NaN, Infinity])('%s in any batch is a fault of the provider, if the CPU gives a number', async (odd) => {
    let batch = 0;
    const session = await open(() => changed((rows) => batch++ === 1 && (rows.squares[5] = odd)));
    await session.run(windows, names);
    await expect(session.run(windows, names)).rejects.toThrow(/no numbers/);
  });

  test('where the CPU gives none either, it is the model’s own doing', async () => {
    const odd = () => changed((rows) => rows.twice.fill(NaN));
    const session = await open(odd, {
      cpu: () => Promise.resolve({ twice: Float32Array.of(NaN), squares: Float32Array.of(1, -1) }),
    });
    expect((await session.run(windows, names))['twice']).toEqual(Float32Array.of(NaN, NaN, NaN, NaN));
  });

  test('what throws and what never ends are faults', async () => {
    const throwing = await open(() => Promise.reject(new Error('device lost')));
    await expect(throwing.run(windows, names)).rejects.toThrow('failed (device lost)');
    const stalled = await open(() => new Promise(() => undefined), { limitMs: 20 });
    const start = performance.now();
    await expect(stalled.run(windows, names)).rejects.toThrow(ProviderFault);
    expect(performance.now() - start).toBeGreaterThan(15);
  });
});
