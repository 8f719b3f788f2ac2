import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/main/core/evaluation/metrics';
import { judgePaired } from '../../../src/main/core/evaluation/paired';
import type { EvaluationAccount } from '../../../src/main/core/evaluation/report/account';
import { evaluationPage } from '../../../src/main/core/evaluation/report/page';
import { evaluationParts } from '../../../src/main/core/evaluation/report/parts';

const tracks = [
  { path: '/m/<script>.mp3', label: 'rock', heard: 'jazz', confidence: 0.9, abstained: false, isRight: false },
  { path: '/m/b.mp3', label: 'jazz', heard: 'jazz', confidence: 0.8, abstained: false, isRight: true },
  { path: '/m/c.mp3', label: 'rock', heard: 'jazz', confidence: 0.4, abstained: true, isRight: false },
  { path: '/m/d.mp3', label: 'rock', heard: 'rock', confidence: 0.7, abstained: false, isRight: true },
];
const figures = judge(
  ['jazz', 'pop', 'rock'],
  tracks.map(({ label, heard, ...rest }) => ({ truth: label, ranked: [heard, label], ...rest })),
);
const account: EvaluationAccount = {
  ...{ madeAt: '2026-01-02T03:04:05.000Z', madeBy: 'Genregram 1.2.3', source: '/labels/<b>.csv', plan: 'all' },
  judged: [
    {
      model: 'one@1.0.0',
      report: { task: 'genre', ...figures, skipped: [], unknown: { n: 0, named: 0, auroc: null } },
      tracks,
    },
  ],
  comparisons: [
    {
      task: 'genre',
      models: ['one@1.0.0', 'two@2.0.0'],
      ...judgePaired([
        { first: true, second: false },
        { first: true, second: true },
        { first: false, second: true },
        { first: true, second: false },
      ]),
    },
  ],
};

describe('the page of an evaluation', () => {
  const page = evaluationPage(account);

  it('has the figures, the mistakes with the surest first, and the comparison', () => {
    expect(page).toContain('<strong>50.0 %</strong> right');
    expect(page).toContain('<strong>100.0 %</strong> right or second');
    expect(page).toContain('<strong>75.0 %</strong> named');
    expect(page).toContain('<strong>66.7 %</strong> of these right');
    expect(page.indexOf('/m/&lt;script&gt;.mp3')).toBeGreaterThan(0);
    expect(page.indexOf('/m/&lt;script&gt;.mp3')).toBeLessThan(page.indexOf('/m/c.mp3'));
    expect(page).not.toContain('/m/b.mp3');
    expect(page).toContain('one@1.0.0 against two@2.0.0, by genre');
    expect(page).toMatch(/only one@1.0.0 about 2, only\s+two@2.0.0 about 1 tracks/);
  });

  it('shows labels that occur alone', () => {
    expect(page).toContain('>Rock<');
    expect(page).not.toContain('>Pop<');
  });

  it('says its pictures in words', () => {
    expect(page).toContain('aria-label="Right by confidence. 30 % to 40 %: 0 % of 1 right;');
    expect(page).toContain('aria-label="Wrong among the surest. Of all 50 % are wrong."');
  });

  it('runs nothing and fetches nothing, whatever files are called', () => {
    expect(page).not.toMatch(/<script|<img|<link|https?:|\bsrc=|javascript:/i);
    expect(page).toContain(`default-src 'none'`);
    expect(page).toContain('/labels/&lt;b&gt;.csv');
  });
});

describe('the report of an evaluation whose files were described', () => {
  const sound = {
    columns: ['tempo', 'spectral_centroid_mean'],
    files: [
      { path: '/m/<script>.mp3', values: [100, 1500] },
      { path: '/m/b.mp3', values: [140, 2500.5] },
      { path: '/m/c.mp3', values: [120, 1700] },
    ],
    failed: 1,
  };

  it('draws a box a label for each statistic, and says it in words', () => {
    const page = evaluationPage({ ...account, sound });
    expect(page).toContain('How it sounds, by genre');
    expect(page).toContain(
      'aria-label="Tempo (beats a minute). Jazz 140 (half of 1 from 140 to 140); Rock 110 (half of 2 from 105 to 115)"',
    );
    expect(page).toContain('Of 1 files nothing could be told.');
    expect(page.match(/class="median"/g)).toHaveLength(4);
    expect(evaluationPage(account)).not.toContain('How it sounds');
  });

  it('draws nothing where nothing could be told', () => {
    const page = evaluationPage({ ...account, sound: { ...sound, files: [], failed: 4 } });
    expect(page).not.toContain('class="median"');
    expect(page).not.toContain('NaN');
  });

  it('has the statistics as columns of the table', () => {
    const [head, ...lines] = [...evaluationParts({ ...account, sound }, 'csv')].join('').split('\r\n');
    expect(head).toBe('model,task,path,label,heard,confidence,abstained,right,tempo,spectral_centroid_mean');
    expect(lines[1]).toBe('one@1.0.0,genre,/m/b.mp3,jazz,jazz,0.8,false,true,140,2500.5');
    expect(lines[3]).toBe('one@1.0.0,genre,/m/d.mp3,rock,rock,0.7,false,true,,');
  });
});
