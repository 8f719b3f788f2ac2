import { basename, dirname } from 'node:path';
import { tellsConfidence } from '#shared/domain/analysis';
import type { Standing } from '#shared/domain/hands-free/standing';
import type { TrackRecord } from '../results/track-record';
import type { Report } from './collect';
import { htmlDocument } from '../../../core/report/document';
import { html, type Html } from '../../../core/report/markup';
import { barPlot, confidencePlot } from './plots';

/** Longer lists are cut in the page; the other forms have all of it. */
const MOST_ROWS = 1000;

/** What waits for the collector, the reasons in the order in which they are told. */
const WAITING: readonly Standing[] = ['look-again', 'taken-back', 'doubtful', 'unsure', 'decided', 'sure'];
const TROUBLE: readonly Standing[] = ['failed', 'unheard', 'quick', 'stale'];

/** Why a track is where it is. */
const REASONS: Readonly<Record<Standing, string>> = {
  sure: 'a genre is named: awaits your decision',
  written: 'has its tags',
  decided: 'decided, and not written yet',
  skipped: 'you want it left alone',
  'taken-back': 'you undid what was written',
  'look-again': 'sounds otherwise in full than you accepted',
  doubtful: 'not sure enough',
  unsure: 'the model names no genre',
  'not-music': 'no music',
  quick: 'heard only quickly so far',
  stale: 'heard by another model',
  failed: 'could not be heard',
  unheard: 'not heard yet',
};

/** A page that needs nothing but itself: no script, nothing from anywhere else. */
export function reportPage(report: Report): string {
  const { madeAt, madeBy, paths, tracks, hours, standings, genres, moods, confidence, records } = report;
  const where = paths.length > 0 ? paths.join(', ') : 'the whole library';
  const written = records.filter(({ standing }) => standing === 'written');
  const body = html` <header>
      <h1>What is in the music</h1>
      <p class="where">${where}</p>
      <p class="made">${madeBy}, ${madeAt.slice(0, 16).replace('T', ' ')} UTC${ruleOf(report)}</p>
    </header>
    <ul class="tiles">
      ${tile(tracks, 'tracks')}${tile(Number(hours.toFixed(hours < 10 ? 1 : 0)), 'hours')}${tile(standings.written, 'have their tags')}${tile(
        WAITING.reduce((sum, each) => sum + standings[each], 0),
        'await review',
      )}${tile(
        TROUBLE.reduce((sum, each) => sum + standings[each], 0),
        'not heard in full',
      )}
    </ul>
    <section>
      <h2>Genres</h2>
      ${barPlot('Genres', genres)}
    </section>
    <section>
      <h2>Moods</h2>
      ${barPlot('Moods', moods)}
    </section>
    <section>
      <h2>How sure the model is</h2>
      <p class="key">
        <span class="swatch bar"></span>a genre is named <span class="swatch unsure"></span>none is named
      </p>
      ${confidencePlot(confidence)}
    </section>
    <section>
      <h2>Where the tracks stand</h2>
      ${standingsTable(report)}
    </section>
    ${list(
      'Awaiting review',
      records.filter(({ standing }) => WAITING.includes(standing)),
    )}
    ${list(
      'Not heard',
      records.filter(({ standing }) => TROUBLE.includes(standing)),
    )}
    ${list('Written', written)}`;
  return htmlDocument(`Genregram: ${where}`, body);
}

function ruleOf({ rule }: Report): string {
  if (rule === null) return '';
  const taken = (what: string, from: number | null) =>
    from === null ? `no ${what}` : `${what} from a confidence of ${from}`;
  return `; taken were ${taken('genres', rule.genreFrom)}, ${taken('moods', rule.moodFrom)}`;
}

const tile = (value: number, what: string): Html =>
  html`<li><strong>${value.toLocaleString('en')}</strong> ${what}</li> `;

function standingsTable({ standings, tracks }: Report): Html {
  const rows = (Object.entries(standings) as [Standing, number][]).filter(([, n]) => n > 0);
  return html`<table class="narrow">
    <thead>
      <tr>
        <th scope="col">Tracks</th>
        <th scope="col">Share</th>
        <th scope="col">That</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([standing, n]) =>
          html`<tr>
            <td class="figure">${n}</td>
            <td class="figure">${((100 * n) / tracks).toFixed(1)} %</td>
            <td>${REASONS[standing]}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function list(title: string, records: readonly TrackRecord[]): Html {
  if (records.length === 0) return html``;
  const more = records.length - MOST_ROWS;
  return html`<section>
    <h2>${title} <span class="count">${records.length}</span></h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Track</th>
          <th scope="col">Heard</th>
          <th scope="col">Sure</th>
          <th scope="col">Own genre</th>
          <th scope="col">Decided</th>
          <th scope="col">Why it is here</th>
        </tr>
      </thead>
      <tbody>
        ${records.slice(0, MOST_ROWS).map(line)}
      </tbody>
    </table>
    ${more > 0 ? html`<p>… and ${more} more: the CSV and JSON forms of the report have them all.</p>` : html``}
  </section>`;
}

function line(record: TrackRecord): Html {
  const { path, title, artist, genre, mood, ownGenres, decision, standing, failure } = record;
  const heard = [genre, mood].flatMap((verdict) => (verdict && !verdict.abstained ? [verdict.top] : []));
  const sure = genre && tellsConfidence(genre) ? `${Math.round(genre.confidence * 100)} %` : '';
  return html`<tr>
    <td>
      <span class="track">${title ?? basename(path)}</span
      >${artist === null ? '' : html` <span class="artist">${artist}</span>`}<br /><span class="path"
        >${dirname(path)}/${basename(path)}</span
      >
    </td>
    <td>${heard.join(', ') || '–'}</td>
    <td class="figure">${sure}</td>
    <td>${ownGenres.join('; ')}</td>
    <td>${[...(decision?.genres ?? []), ...(decision?.moods ?? [])].join('; ')}</td>
    <td>${failure ? failure.message : REASONS[standing]}</td>
  </tr> `;
}
