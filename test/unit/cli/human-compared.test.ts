import { describe, expect, it } from 'vitest';
import type { ComparedColumn, ComparedHearing } from '#shared/contract/model-comparison';
import type { Verdict } from '#shared/domain/analysis';
import { parseModels } from '../../../src/main/hosts/cli/commands/compare';
import { describeCompared } from '../../../src/main/hosts/cli/human-compared';

const verdict = (shares: Record<string, number>, abstainReason: Verdict['abstainReason'] = null): Verdict => {
  const histogram = Object.entries(shares).map(([label, share]) => ({ label, share, votes: 1 }));
  const { label: top, share: confidence } = histogram[0]!;
  return { top, confidence, abstained: abstainReason !== null, abstainReason, histogram };
};
const column = (model: string, genre: Verdict, mood: Verdict | null = null): ComparedColumn => {
  const windows = { windows: 3, windowSec: 3, startsSec: [0, 3, 6], plan: 'all', warnings: [], stored: false };
  const perWindow: ComparedHearing['perWindow'] = { genre: { labels: [], data: [] }, mood: null };
  const heard = { ...windows, perWindow, genre, mood, content: null, totalMs: 1234 };
  return { asked: model, model, name: model, heard, failure: null };
};

describe('a comparison for people', () => {
  it('has a column a model, its bars to one scale, agreement in words, failures below', () => {
    const failure = { code: 'model-missing', message: 'There is none.' } as const;
    const lines = describeCompared('/music/a.mp3', [
      column('base@1.0.0', verdict({ rock: 0.8, polka: 0.2 }), verdict({ happy: 1 })),
      { ...column('x', verdict({ rock: 1 })), heard: null, failure },
      column('a-model-with-a-long-name@2.0.0', verdict({ jazz: 0.4, rock: 0.35 }, 'unsure')),
    ]);
    expect(lines).toEqual([
      'a.mp3  /music',
      '                 base                   a-model-with-a-long…',
      '  version        1.0.0                  2.0.0',
      '  windows        3 of 3.0 s             3 of 3.0 s',
      '  took           1.2 s                  1.2 s',
      '  genre          base names Rock; a-model-with-a-long-name names none.',
      '                 Rock, 80 %             not sure (40 %)',
      '  Rock           ██████████████  80 %   ██████▏         35 %',
      '  Jazz           –                      ███████         40 %',
      '  Polka          ███▌            20 %   –',
      '  mood           Happy, 100 %           no mood',
      '  Happy          ██████████████ 100 %   –',
      '  ✗ x: There is none. (model-missing)',
    ]);
  });

  it('says of a model that it hears no genre, and has no bar of it there', () => {
    const moods = { ...column('moods@1.0.0', verdict({ rock: 1 }), verdict({ sad: 0.6, happy: 0.4 })) };
    const lines = describeCompared('/music/a.mp3', [
      column('base@1.0.0', verdict({ rock: 0.8 }), verdict({ happy: 1 })),
      { ...moods, heard: { ...moods.heard!, genre: null } },
    ]);
    expect(lines).toContain('  genre          Rock, 80 %             no genre');
    expect(lines).toContain('  Rock           ██████████████  80 %   –');
    expect(lines).toContain('  mood           They disagree: base names Happy, moods names Sad.');
  });

  it('says which genres are gathered from tags, so that small shares are no riddle', () => {
    const tags = { ...verdict({ rock: 0.09 }), derived: true };
    const lines = (genre: Verdict) => describeCompared('/a', [column('tagger@1.0.0', genre)]).join('\n');
    expect(lines(tags)).toMatch(/\n {2}tagger has tags and no genres of its own: .* shares are small\.$/);
    expect(lines(verdict({ rock: 1 }))).not.toContain('tags');
  });

  it('models are named with commas', () => {
    expect(parseModels('base, other@1.0.0,base')).toEqual(['base', 'other@1.0.0']);
    expect(() => parseModels(' ,')).toThrow(/Name 1 to 8 models/);
    expect(() => parseModels('abcdefghi'.split('').join())).toThrow(/Name 1 to 8/);
  });
});
