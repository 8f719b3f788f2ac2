import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { libraryArgument } from '../../../src/main/hosts/electron/arguments';
import { fromBackendSchema, toBackendSchema } from '../../../src/main/hosts/electron/process-messages';
import { restartDelay } from '../../../src/main/hosts/electron/restart-policy';
import { loadWindowState, saveWindowState, type WindowState } from '../../../src/main/hosts/electron/window-state';

describe('the library to open', () => {
  it('is the one named by the argument, then by the environment', () => {
    expect(libraryArgument(['app', '--library', 'a.sqlite'], { GENREGRAM_LIBRARY: '/b' })).toBe(resolve('a.sqlite'));
    expect(libraryArgument(['app', '--library=/c.sqlite'], {})).toBe(resolve('/c.sqlite'));
    expect(libraryArgument(['app'], { GENREGRAM_LIBRARY: '/b' })).toBe(resolve('/b'));
    expect(libraryArgument(['app'], {})).toBeNull();
    expect(libraryArgument(['app', '--library'], {})).toBeNull();
  });
});

describe('a backend that dies', () => {
  it('is started again, later each time, and given up after five deaths within a minute', () => {
    const deaths: number[] = [];
    const delays = [0, 1_000, 2_000, 3_000, 4_000].map((now) => {
      deaths.push(now);
      return restartDelay(deaths, now);
    });
    expect(delays.slice(0, 4).every((delay, i) => delay !== null && delay > (delays[i - 1] ?? 0))).toBe(true);
    expect(delays[4]).toBeNull();
  });

  it('is started at once if it had been well for long', () => {
    const first = restartDelay([0], 0);
    expect(restartDelay([0, 10_000_000], 10_000_000)).toBe(first);
  });
});

describe('the window’s place', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const state: WindowState = { bounds: { x: 10, y: 20, width: 1000, height: 700 }, maximized: true };
  const folder = mkdtempSync(join(tmpdir(), 'window-state-'));
  const file = join(folder, 'window.json');

  it('is kept', () => {
    saveWindowState(file, state);
    expect(loadWindowState(file, [screen])).toEqual(state);
    expect(readdirSync(folder)).toEqual(['window.json']);
  });

  it('is forgotten where it can’t be used: no such screen, a damaged file, none', () => {
    saveWindowState(file, { ...state, bounds: { ...state.bounds, x: 5_000 } });
    expect(loadWindowState(file, [screen])).toBeNull();
    expect(loadWindowState(file, [screen, { x: 4_800, y: 0, width: 1920, height: 1080 }])).not.toBeNull();
    for (const damaged of ['', '{', '{"bounds":{"x":1},"maximized":true}', 'null']) {
      writeFileSync(file, damaged);
      expect(loadWindowState(file, [screen])).toBeNull();
    }
    expect(loadWindowState(join(folder, 'none.json'), [screen])).toBeNull();
  });

  it('is no reason to fail where it can’t be saved', () => {
    expect(() => {
      saveWindowState(join(folder, 'no-such-folder', 'window.json'), state);
    }).not.toThrow();
  });
});

describe('messages between the processes', () => {
  it('are dropped unless they are known', () => {
    expect(toBackendSchema.safeParse({ type: 'attach' }).success).toBe(true);
    expect(toBackendSchema.safeParse({ type: 'run', code: 'x' }).success).toBe(false);
    expect(fromBackendSchema.safeParse({ type: 'spawn-analysis', id: 'x' }).success).toBe(false);
    expect(fromBackendSchema.safeParse({ type: 'failed', failure: { code: 'made-up', message: '' } }).success).toBe(
      false,
    );
  });
});
