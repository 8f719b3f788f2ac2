import { describe, expect, it } from 'vitest';
import type { Verdict } from '#shared/domain/analysis';
import { quadrantOf } from '#shared/domain/vocabulary';
import { nearestWide } from '../../../src/renderer/features/detail/wide';
import { abstainWords } from '../../../src/renderer/features/review/abstain-words';
import { verdictWords } from '../../../src/renderer/features/review/desk/verdict-words';

const verdict = (top: string, abstainReason: Verdict['abstainReason'] = null): Verdict => ({
  top,
  confidence: 0.9,
  abstained: abstainReason !== null,
  abstainReason,
  histogram: [],
});

describe('why nothing is named', () => {
  it.each([
    [null, 'music', null],
    ['unsure', 'music', 'not sure'],
    ['unsure', 'speech', 'not sure'],
    ['not-music', 'speech', 'Speech, not music'],
    ['not-music', 'other', 'Not music'],
  ] as const)('%s of %s: %s', (reason, content, words) => {
    expect(abstainWords(verdict('rock', reason), verdict(content))).toBe(words);
  });

  it('names the genre that is heard instead', () => {
    const other = { ...verdict('classical', 'other-genre'), rather: 'r&b' };
    expect(abstainWords(other, verdict('music'))).toBe('rather R&B');
    expect(verdictWords(other, verdict('music'))).toBe('Rather R&B than Classical');
  });
});

describe('the wide genres shown', () => {
  const genre = (label: string, score: number) => ({ label, score, threshold: 0.5, votes: 0 });

  it('are the named ones and three more', () => {
    const wide = [0.9, 0.5, 0.4, 0.3, 0.2, 0.1].map((score, i) => genre(`g${i}`, score));
    expect(nearestWide(wide).map(({ label }) => label)).toEqual(['g0', 'g1', 'g2', 'g3', 'g4']);
    expect(nearestWide(wide.slice(2))).toHaveLength(3);
    expect(nearestWide(wide.slice(0, 2))).toHaveLength(2);
  });
});

describe('the quadrant of a place', () => {
  it.each([
    [0.1, 0.9, 'happy'],
    [-0.1, 0.9, 'angry'],
    [-0.1, -0.9, 'sad'],
    [0.1, -0.9, 'calm'],
    [0, 0, 'happy'],
  ])('%f, %f is %s', (valence, arousal, label) => {
    expect(quadrantOf(valence, arousal).label).toBe(label);
  });
});
