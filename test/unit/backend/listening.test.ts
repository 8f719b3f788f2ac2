import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LISTENING } from '#shared/domain/listening';
import { changeListeningSettings, listeningSettings } from '../../../src/main/backend/listening-settings';
import { openStore, type Store } from '../../../src/main/store';
import { temporaryFolder } from '../../builders/backend';

describe('the settings of listening', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;
  beforeEach(() => {
    folder = temporaryFolder();
    store = openStore(join(folder.path, 'library.db'));
  });
  afterEach(() => {
    store.close();
    folder.cleanUp();
  });

  it('are the defaults, then what was set, also after a restart', async () => {
    expect(listeningSettings(store)).toEqual(DEFAULT_LISTENING);
    await changeListeningSettings(store, { share: 'low', maxFileMinutes: 90 });
    await changeListeningSettings(store, { share: undefined, pauseOnBattery: true });
    store.close();
    store = openStore(join(folder.path, 'library.db'));
    expect(listeningSettings(store)).toEqual({
      ...DEFAULT_LISTENING,
      share: 'low',
      maxFileMinutes: 90,
      pauseOnBattery: true,
    });
  });

  it('of a later version that are not understood are as by default, the others as they were left', () => {
    store.settings.set('listening', JSON.stringify({ share: 'most-of-it', quickFirst: true, timeoutMinutes: -1 }));
    expect(listeningSettings(store)).toEqual({ ...DEFAULT_LISTENING, quickFirst: true });
  });

  it('name a program that may be run, or are left as they were', async () => {
    const [program, text] = [join(folder.path, 'ffmpeg'), join(folder.path, 'notes.txt')];
    for (const file of [program, text]) writeFileSync(file, '#!/bin/sh\n');
    chmodSync(program, 0o755);
    await changeListeningSettings(store, { ffmpegPath: program });
    const wrong = [
      ['ffmpeg', 'is no full path'],
      [join(folder.path, 'none'), 'There is no file'],
      [folder.path, 'There is no file'],
      ...(process.platform === 'win32' ? [] : [[text, 'is no program that may be run']]),
    ] as const;
    for (const [path, sentence] of wrong) {
      const change = changeListeningSettings(store, { ffmpegPath: path, share: 'all' });
      await expect(change).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(sentence) as string,
      });
    }
    expect(listeningSettings(store)).toEqual({ ...DEFAULT_LISTENING, ffmpegPath: program });
    expect(await changeListeningSettings(store, { ffmpegPath: null })).toEqual(DEFAULT_LISTENING);
  });
});
