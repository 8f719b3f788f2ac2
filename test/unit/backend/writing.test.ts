import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verdict } from '#shared/domain/analysis';
import { DEFAULT_WRITING } from '#shared/domain/writing';
import { decidedChange, withLists } from '../../../src/main/backend/decided-change';
import { changeWritingSettings, writingFor, writingSettings } from '../../../src/main/backend/writing-settings';
import { openStore, type Store } from '../../../src/main/store';
import { temporaryFolder } from '../../builders/backend';

const heard: Verdict = {
  top: 'rock',
  confidence: 0.6249,
  abstained: false,
  abstainReason: null,
  histogram: [
    { label: 'rock', share: 0.62, votes: 5 },
    { label: 'metal', share: 0.207, votes: 2 },
    { label: 'pop', share: 0.05, votes: 0 },
    { label: 'jazz', share: 0.0499, votes: 0 },
  ],
};
const accepted = { action: 'accept' as const, genres: ['Rock'], moods: ['Happy'] };
const both = { ...DEFAULT_WRITING, histogramField: true, confidenceField: true };

describe('what is written of a decision', () => {
  it('is genre and mood, and nothing that was heard unless asked for', () => {
    expect(decidedChange(accepted, heard, 'add', DEFAULT_WRITING)).toEqual({
      genres: ['Rock'],
      moods: ['Happy'],
      mode: 'add',
    });
    expect(decidedChange({ ...accepted, moods: [] }, null, 'fill', both)).toEqual({ genres: ['Rock'], mode: 'fill' });
  });

  it('leaves the mood alone where moods are not written', () => {
    expect(decidedChange(accepted, null, 'replace', { ...DEFAULT_WRITING, writeMood: false })).toEqual({
      genres: ['Rock'],
      mode: 'replace',
    });
  });

  it('has the histogram from 0.05 on, largest first, and the confidence of an accepted genre', () => {
    const shuffled = { ...heard, histogram: heard.histogram.toReversed() };
    expect(decidedChange(accepted, shuffled, 'replace', both).custom).toEqual({
      GENREGRAM_GENRES: ['rock:0.62;metal:0.21;pop:0.05'],
      GENREGRAM_CONFIDENCE: ['0.62'],
    });
  });

  it('takes away a confidence that would stand beside a genre of the user, and a histogram of what is no music', () => {
    const changed = { action: 'change' as const, genres: ['Polka'], moods: [] };
    expect(decidedChange(changed, heard, 'replace', both).custom).toMatchObject({ GENREGRAM_CONFIDENCE: [] });
    const speech = { ...heard, abstained: true, abstainReason: 'not-music' as const };
    expect(decidedChange(changed, speech, 'replace', both).custom).toMatchObject({ GENREGRAM_GENRES: [] });
  });

  it('minds what stays and what goes, unless the change has lists of its own or names neither genre nor mood', () => {
    const lists = { ...DEFAULT_WRITING, keepGenres: ['Audiobook'], dropGenres: ['Other'] };
    expect(decidedChange(accepted, null, 'replace', lists)).toMatchObject({ keep: ['Audiobook'], drop: ['Other'] });
    const own = { genres: ['Rock'], keep: [], mode: 'replace' as const };
    expect(withLists(own, lists)).toEqual({ ...own, drop: ['Other'] });
    const comment = { comment: ['x'], mode: 'replace' as const };
    expect(withLists(comment, lists)).toEqual(comment);
  });
});

describe('the settings of writing', () => {
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

  it('are the defaults, then what was set, also after a restart', () => {
    expect(writingSettings(store)).toEqual(DEFAULT_WRITING);
    changeWritingSettings(store, { links: 'through', inPlaceAboveMiB: 0 });
    changeWritingSettings(store, { dropGenres: ['Other'], links: undefined });
    store.close();
    store = openStore(join(folder.path, 'library.db'));
    const expected = { ...DEFAULT_WRITING, links: 'through', inPlaceAboveMiB: 0, dropGenres: ['Other'] };
    expect(writingSettings(store)).toEqual(expected);
    expect(writingFor(store, { joinV23: '/' })).toEqual({ ...expected, joinV23: '/' });
    expect(writingSettings(store)).toEqual(expected);
  });

  it('of a later version that are not understood are as by default, the others as they were left', () => {
    store.settings.set('writing', JSON.stringify({ links: 'clone', keepMtime: false, sparkle: 3 }));
    expect(writingSettings(store)).toEqual({ ...DEFAULT_WRITING, keepMtime: false });
  });

  it('can not keep and drop the same genre, whatever its spelling', () => {
    changeWritingSettings(store, { keepGenres: ['Hip-Hop'] });
    const wrong = () => changeWritingSettings(store, { dropGenres: ['Other', 'hip hop'] });
    expect(wrong).toThrow(expect.objectContaining({ code: 'invalid-input' }) as Error);
    expect(wrong).toThrow('hip hop');
    expect(writingSettings(store).dropGenres).toEqual([]);
  });
});
