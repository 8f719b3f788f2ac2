import { describe, expect, it } from 'vitest';
import type { Verdict } from '#shared/domain/analysis';
import { sayTrack } from '../../../src/main/hosts/cli/human-track';
import type { Output } from '../../../src/main/hosts/cli/output';
import type { AnalysedLine } from '../../../src/main/hosts/cli/track-line';

const verdict = (top: string, confidence: number, abstainReason: Verdict['abstainReason'] = null): Verdict => ({
  top,
  confidence,
  abstained: abstainReason !== null,
  abstainReason,
  histogram: [{ label: top, share: 0.8, votes: 3 }],
});

function said(further: Partial<AnalysedLine>): string {
  const lines: string[] = [];
  const line: AnalysedLine = {
    path: '/music/a.mp3',
    status: 'ok',
    cached: false,
    durationSec: 9,
    windows: 3,
    quick: false,
    decoder: 'd',
    provider: 'cpu',
    model: 'm@1.0.0',
    ms: { decode: 1, features: 1, inference: 1, total: 3 },
    genre: verdict('rock', 0.7),
    mood: null,
    content: null,
    wide: null,
    affect: null,
    warnings: [],
    ...further,
  };
  sayTrack({ say: (...more: string[]) => lines.push(...more) } as unknown as Output, line);
  return lines.join('\n');
}

const WIDE = [
  { label: 'dub', score: 0.61, threshold: 0.3, votes: 3 },
  { label: 'ska', score: 0.2, threshold: 0.5, votes: 0 },
];

describe('a track for people', () => {
  it('has one line where the model has one output', () => {
    expect(said({}).split('\n')).toHaveLength(2);
  });

  it('has none of a genre where the model hears none', () => {
    const text = said({ genre: null, mood: verdict('happy', 0.9) });
    expect(text).toMatch(/mood +Happy .*90 % sure/);
    expect(text).not.toContain('genre');
  });

  it('names the wide genres that reach their thresholds, and the place on the plane', () => {
    const affect = { valence: -0.254, arousal: 0.5, valenceSpread: 0.1, arousalSpread: 0.2 };
    const text = said({ wide: WIDE, affect, content: verdict('music', 0.99) });
    expect(text).toContain('also   Dub 61 %');
    expect(text).not.toContain('Ska');
    expect(text).toContain('valence -0.25 ± 0.10, arousal +0.50 ± 0.20: angry / tense');
    expect(text).not.toContain('not music');
  });

  it('says of speech that it is no music, and names nothing', () => {
    const text = said({ genre: verdict('rock', 0.9, 'not-music'), content: verdict('speech', 0.93), wide: WIDE });
    expect(text).toContain('Speech, not music (93 % sure)');
    expect(text).toMatch(/Rock.*not music/);
    expect(text).not.toContain('Dub');
    expect(text).not.toContain('not sure');
  });

  it('says how unsure an unsure verdict is', () => {
    expect(said({ genre: verdict('rock', 0.31, 'unsure') })).toContain('not sure enough (31 %)');
  });

  it('names the genre that is heard instead', () => {
    const text = said({ genre: { ...verdict('rock', 0.91, 'other-genre'), rather: 'dub' }, wide: WIDE });
    expect(text).toMatch(/Rock.*rather Dub/);
    expect(text).not.toContain('91 %');
  });
});
