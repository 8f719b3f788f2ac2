import { describe, expect, it } from 'vitest';
import type { Verdict } from '#shared/domain/analysis';
import { compareVerdicts } from '#shared/domain/comparison';
import { agreementSentence } from '#shared/domain/comparison-words';

const verdict = (shares: Record<string, number>, abstained = false): Verdict => {
  const histogram = Object.entries(shares)
    .map(([label, share]) => ({ label, share, votes: Math.round(share * 10) }))
    .sort((a, b) => b.share - a.share);
  const reason = abstained ? 'unsure' : null;
  return { top: histogram[0]!.label, confidence: histogram[0]!.share, abstained, abstainReason: reason, histogram };
};

describe('histograms side by side', () => {
  it('have one row a label, whatever its spelling, by the mean share, to one scale', () => {
    const { rows, others, largest } = compareVerdicts(
      [verdict({ 'hip-hop': 0.5, rock: 0.5 }), null, verdict({ Rock: 0.9, 'Hip Hop': 0.06, polka: 0.04 })],
      10,
    );
    expect(rows.map(({ label }) => label)).toEqual(['rock', 'hip-hop', 'polka']);
    expect(rows[0]?.cells).toEqual([
      { label: 'rock', share: 0.5, votes: 5 },
      null,
      { label: 'Rock', share: 0.9, votes: 9 },
    ]);
    expect(rows[2]?.cells.map((cell) => cell?.share ?? null)).toEqual([null, null, 0.04]);
    expect([others, largest]).toEqual([null, 0.9]);
  });

  it('gather what is small or too much, never what a model names', () => {
    const many = verdict(Object.fromEntries([...'abcdefgh'].map((label, i) => [label, 0.12 + i * 0.001])));
    const { rows, others } = compareVerdicts([many, verdict({ z: 0.995, a: 0.005 })], 3);
    expect(rows.map(({ label }) => label)).toEqual(['z', 'h', 'g']);
    expect(others?.labels).toHaveLength(6);
    expect(others?.shares[1]).toBeCloseTo(0.005);
    // More models than rows.
    const tops = compareVerdicts([verdict({ a: 1 }), verdict({ b: 1 }), verdict({ c: 1 })], 2);
    expect(tops.rows).toHaveLength(3);
    expect(compareVerdicts([null, null], 5)).toMatchObject({ rows: [], others: null, agreement: { heard: 0 } });
  });
});

describe('agreement', () => {
  const words = (...verdicts: (Verdict | null)[]): string | null =>
    agreementSentence(compareVerdicts(verdicts, 9).agreement, {
      model: (i) => 'ABC'[i]!,
      label: (label) => label.toUpperCase(),
    });
  const rock = verdict({ rock: 0.9, pop: 0.1 });
  const Rock = verdict({ Rock: 0.6, pop: 0.4 });
  const pop = verdict({ rock: 0.1, pop: 0.9 });
  const jazz = verdict({ jazz: 1 });
  const unsure = verdict({ rock: 0.3, pop: 0.2 }, true);

  it.each<[string | null, (Verdict | null)[]]>([
    ['All 3 name ROCK.', [rock, Rock, rock]],
    ['Both name ROCK.', [rock, null, Rock]],
    ['2 of 3 name ROCK; B names POP.', [rock, pop, Rock]],
    ['2 of 3 name POP; C names none.', [pop, pop, unsure]],
    ['No two agree: A names ROCK, B names POP, C names JAZZ.', [rock, pop, jazz]],
    ['They disagree: A names ROCK, C names POP.', [rock, null, pop]],
    ['A names ROCK; B and C name none.', [rock, unsure, unsure]],
    ['No two agree: A names ROCK, B names POP, C names none.', [rock, pop, unsure]],
    ['Neither names any.', [unsure, null, unsure]],
    ['None of the 3 names any.', [unsure, unsure, unsure]],
    [null, [rock, null]],
  ])('%s', (sentence, verdicts) => {
    expect(words(...verdicts)).toBe(sentence);
  });
});
