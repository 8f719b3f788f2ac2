import { describe, expect, it } from 'vitest';
import type { TrackRow } from '#shared/contract/schemas';
import { parse } from 'csv-parse/sync';
import { standingOf } from '../../../src/shared/domain/hands-free/standing';
import { collectReport } from '../../../src/main/hosts/cli/report/collect';
import { html } from '../../../src/main/core/report/markup';
import { reportPage } from '../../../src/main/hosts/cli/report/page';
import { csvLine } from '../../../src/main/core/report/csv';
import { cellsOf, COLUMN_NAMES, trackRecord } from '../../../src/main/hosts/cli/results/track-record';
import { fakeTrack } from '../../builders/fake-tracks';

const wicked = `<script>alert("1")</script> & 'more', "quoted"\nand a line`;
const about = {
  madeAt: new Date('2026-01-02T03:04:05Z'),
  madeBy: 'Genregram 1.2.3',
  paths: ['/music/<b>'],
  rule: null,
};
const stood = (rows: readonly TrackRow[]) => rows.map((row) => ({ row, standing: standingOf(row, null) }));
const rows = Array.from({ length: 300 }, (_, i) => fakeTrack(i + 1));

describe('a CSV line', () => {
  it('is read back as it was written', () => {
    const cells = ['plain', wicked, '', ' spaces ', 'ä,ö', '1"2'];
    const text = csvLine(cells) + csvLine(['second', 'line', 'x', 'y', 'z', '']);
    expect(parse(text)).toEqual([cells, ['second', 'line', 'x', 'y', 'z', '']]);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('joins lists, and leaves what is not known empty', () => {
    expect(csvLine([['Rock', 'Pop'], null, 0.5, false])).toBe('Rock; Pop,,0.5,false\r\n');
  });

  it('has a cell for each column of a track', () => {
    for (const { row, standing } of stood(rows.slice(0, 40)))
      expect(cellsOf(trackRecord(row, standing))).toHaveLength(COLUMN_NAMES.length);
  });
});

describe('a report', () => {
  const report = collectReport(stood(rows), about);

  it('accounts for every track once', () => {
    expect(Object.values(report.standings).reduce((sum, n) => sum + n, 0)).toBe(rows.length);
    const heard = rows.filter(({ genre, stale }) => genre && !stale && genre.abstainReason !== 'not-music').length;
    expect(report.confidence.reduce((sum, { named, unsure }) => sum + named + unsure, 0)).toBe(heard);
    expect(report.genres.map(({ tracks }) => tracks)).toEqual(
      report.genres.map(({ tracks }) => tracks).sort((a, b) => b - a),
    );
  });

  it('says what the rule took, and of what it took none', () => {
    const page = (rule: { genreFrom: number | null; moodFrom: number | null }) =>
      reportPage(collectReport(stood(rows.slice(0, 3)), { ...about, rule }));
    expect(page({ genreFrom: 0.9, moodFrom: null })).toContain('genres from a confidence of 0.9, no moods');
    expect(page({ genreFrom: null, moodFrom: 0.8 })).toContain('no genres, moods from a confidence of 0.8');
  });

  it('is a page that runs nothing and loads nothing, whatever tracks are called', () => {
    const [first, ...others] = rows;
    const page = reportPage(collectReport(stood([{ ...first!, title: wicked, artist: wicked }, ...others]), about));
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|javascript:|\son\w+=|<link|<img|<iframe|@import|url\(/i);
    expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)]).toEqual([]);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('color-scheme: light dark');
    expect(page).toMatch(/'Segoe UI', sans-serif; }\s+main {/);
    // Each plot says in words what it shows.
    expect(page.match(/<svg role="img" aria-label="[^"]{5,}"/g)).toHaveLength(3);
  });

  it('shows an empty library too', () => {
    expect(reportPage(collectReport([], about))).toContain('<strong>0</strong> tracks');
  });
});

describe('markup', () => {
  it('escapes values in texts and attributes, and keeps pieces of its own', () => {
    expect(html`<p title="${'"\'<'}">${html`<b>${'a & b'}</b>`}${7}</p>`.text).toBe(
      '<p title="&quot;&#39;&lt;"><b>a &amp; b</b>7</p>',
    );
  });
});
