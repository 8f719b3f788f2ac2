import type { ComparedColumn, ComparedHearing, ComparedTrack } from '#shared/contract/model-comparison';
import type { Handlers } from '#shared/contract/methods';
import type { ModelShelf, TrackRow } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { CLASSIC_GENRES, MOOD_QUADRANTS } from '#shared/domain/vocabulary';
import type { FakeLibrary } from './fake-backend';
import { fakeDetail, fakeVerdict, randomFrom } from './fake-tracks';

type Names = 'comparison.look' | 'comparison.hear';

const MOODS = MOOD_QUADRANTS.map(({ label }) => label);
const WINDOWS = 24;

/** What other models hear in made-up tracks; the model in use has what the library has. A tagger fails in every track whose id ends in 9. */
export function comparisonHandlers(library: FakeLibrary, shelf: () => ModelShelf): Pick<Handlers, Names> {
  const kept = new Map<string, Pick<ComparedColumn, 'heard' | 'failure'>>();
  const rowOf = (track: ComparedTrack) => {
    const row = 'trackId' in track ? library.rows.find(({ id }) => id === track.trackId) : undefined;
    if (!row) throw new CodedError('not-found', 'This track is not in the library any more.');
    return row;
  };
  const column = (row: TrackRow, asked: string, plan: string): ComparedColumn => {
    const model = shelf().models.find(({ id }) => id === asked)!;
    const detail = fakeDetail(row);
    const stored = model.chosen && detail.analysis !== null && plan === detail.analysis.plan && detail.genre;
    const known = stored
      ? { heard: storedHearing(detail), failure: null }
      : (kept.get(JSON.stringify([row.id, asked, plan])) ?? { heard: null, failure: null });
    return { asked, model: `${model.id}@${model.version}`, name: model.name, ...known };
  };
  return {
    'comparison.look': ({ track, models, plan }) => {
      const row = rowOf(track);
      return { columns: models.map((asked) => column(row, asked, plan)) };
    },
    'comparison.hear': ({ tracks, models, plan }) => {
      const todo = tracks.flatMap((track) => {
        const row = rowOf(track);
        return models.filter((asked) => column(row, asked, plan).heard === null).map((asked) => ({ row, asked }));
      });
      let next = 0;
      const jobId = library.runJob({
        kind: 'compare',
        total: todo.length,
        perTick: 1,
        step: () => {
          const turn = todo[next++];
          if (turn) kept.set(JSON.stringify([turn.row.id, turn.asked, plan]), hear(turn.row, turn.asked, plan));
        },
        end: () => undefined,
      });
      return { jobId };
    },
  };
}

function storedHearing({ analysis, genre, mood, content }: ReturnType<typeof fakeDetail>): ComparedHearing {
  const { plan, windows, windowSec, startsSec, perWindow, warnings, ms } = analysis!;
  return {
    ...{ plan, windows, windowSec, startsSec, perWindow, warnings, mood, content },
    genre: genre!,
    totalMs: ms.total,
    stored: true,
  };
}

/** Another opinion: often the library's, with other shares; the tagger has labels of its own and no moods. */
function hear({ id, genre: own }: TrackRow, asked: string, plan: string): Pick<ComparedColumn, 'heard' | 'failure'> {
  if (asked.startsWith('tagger') && id % 10 === 9)
    return { heard: null, failure: { code: 'decode-failed', message: 'The audio can’t be decoded; rip it again.' } };
  const random = randomFrom(id * 31 + asked.length);
  const tagger = asked.startsWith('tagger');
  const labels = tagger ? [...CLASSIC_GENRES.slice(2), 'folk', 'electronic'] : CLASSIC_GENRES;
  const genre = asked === 'both' && own ? own : fakeVerdict(labels, WINDOWS, random);
  const votes = labels.flatMap((label, i) =>
    Array<number>(genre.histogram.find((bar) => bar.label === label)?.votes ?? 0).fill(i),
  );
  const data = votes.flatMap((winner) => labels.map((_, i) => (i === winner ? 180 : 5)));
  return {
    failure: null,
    heard: {
      plan,
      windows: votes.length,
      windowSec: tagger ? 10 : 3,
      startsSec: votes.map((_, i) => i * (tagger ? 10 : 3)),
      perWindow: { genre: { labels, data }, mood: null },
      warnings: [],
      genre,
      mood: tagger ? null : fakeVerdict(MOODS, WINDOWS, random),
      content: null,
      totalMs: 3200,
      stored: false,
    },
  };
}
