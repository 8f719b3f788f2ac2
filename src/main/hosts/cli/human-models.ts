import type { EnsembleInfo } from '#shared/contract/ensemble-manifest';
import type { InputInfo } from '#shared/contract/model-input';
import type { ModelDiff, ModelEntry, ModelShelf, PackReport } from '#shared/contract/schemas';
import { tells } from '#shared/domain/model-tasks';
import { displayLabel } from '#shared/domain/vocabulary';
import { count, paint, percent, printable, table } from './terminal';

/** The list of models for people: the chosen one marked, what is broken at the end. */
export function describeShelf({ models, problems, chosen, folder }: ModelShelf): string[] {
  return [
    ...table(models.map(describeModel)),
    ...(chosen.problem
      ? [
          `${paint('red', '✗')} The chosen model ${printable(chosen.id)} can't be used, and no other stands in for it:`,
          `    ${printable(chosen.problem.message)} (${chosen.problem.code})`,
        ]
      : []),
    ...problems
      .filter(({ message }) => message !== chosen.problem?.message)
      .map(({ code, message }) => `${paint('red', '✗')} ${printable(message)} (${code})`),
    paint('dim', `Your own model folder: ${printable(folder)}`),
  ];
}

function describeModel({ id, version, name, outputs, input, ensemble, license, dir, chosen }: ModelEntry): string[] {
  const says = outputs.map(({ task }) => task).join(', ');
  const tasks = ensemble ? `${says} (${madeOf(ensemble)})` : says;
  const hears = input ? INPUTS[input.kind] : '';
  return [
    ...[chosen ? '✓' : ' ', `${id}@${version}`, printable(name), hears, tasks],
    ...[shorten(printable(license)), printable(dir)],
  ];
}

/** What a model listens to, in words. */
const INPUTS: Readonly<Record<InputInfo['kind'], string>> = {
  mel: 'mel spectrum',
  waveform: 'samples',
  image: 'pictures',
  features: 'statistics',
};

/** "mean of 1 × base, 3 × other". */
const madeOf = ({ rule, members }: EnsembleInfo): string =>
  `${rule} of ${members.map(({ id, weight }) => `${weight} × ${id}`).join(', ')}`;

const shorten = (text: string): string => (text.length > 32 ? `${text.slice(0, 31)}…` : text);

/** What was found in a pack, for people. */
export function describePack({ model, takenOver, derivedGenres, windowSec, msPerWindow }: PackReport): string[] {
  return [
    paint('bold', printable(`${model.id}@${model.version}  ${model.name}`)),
    ...table([
      ['licence', printable(model.license)],
      ...(model.ensemble ? [['ensemble', madeOf(model.ensemble)]] : []),
      ...(model.input ? [['listens to', INPUTS[model.input.kind]]] : []),
      ...model.outputs.map(({ name, task, labels }) => [
        'output',
        printable(`${name}: ${task}, ${count(labels.length, 'label')}`),
      ]),
      ...(tells(model.outputs, 'genre') ? [] : [['genre', 'none: it tells moods alone']]),
      ['trial run', `works; ${msPerWindow.toFixed(1)} ms a window of ${windowSec.toFixed(1)} s`],
    ]),
    ...(takenOver.length > 0 ? ['', 'Taken over from the pack’s own format:', ...takenOver.map(indented)] : []),
    ...(derivedGenres
      ? [
          '',
          'Genres derived from its labels:',
          ...table(derivedGenres.map(({ genre, labels }) => [displayLabel(genre), printable(labels.join(', '))])),
        ]
      : []),
  ];
}

const indented = (line: string): string => `  ${printable(line)}`;

/** The changes from the former model to the chosen one, a track a line and old → new below it. */
export function describeDiff({ model, compared, changed, tracks }: ModelDiff): string[] {
  if (compared === 0)
    return [`No track was heard by ${printable(model || 'the chosen model')} and another one before it yet.`];
  const share = percent(changed / compared).trim();
  const summary = `${count(changed, 'track')} of ${compared} heard otherwise by ${printable(model)} (${share}).`;
  return [
    ...tracks.flatMap(({ path, former, genre, mood }) => [
      `${printable(path)}  ${paint('dim', `before: ${printable(former)}`)}`,
      ...table(
        [
          ['genre', genre],
          ['mood', mood],
        ].flatMap(([task, change]) =>
          change && typeof change === 'object' ? [[task as string, side(change.from), '→', side(change.to)]] : [],
        ),
        '    ',
      ),
    ]),
    ...(tracks.length < changed ? [`… and ${changed - tracks.length} more (--limit)`] : []),
    '',
    paint('bold', summary),
  ];
}

const side = ({ top, confidence }: { top: string; confidence: number }): string =>
  `${displayLabel(top)} ${percent(confidence).trim()}`;
