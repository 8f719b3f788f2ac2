import type { Evaluation, JudgedModel, JudgedTask, LabelLook, LabelSource, Paired } from '#shared/contract/evaluation';
import { formatCount, formatPlural, formatShare } from '../ui/format';

const TASKS: Readonly<Record<JudgedTask, string>> = { genre: 'genre', mood: 'mood', content: 'content' };

/** A share with one digit: "87.5%". */
const exactly = (share: number): string => `${(share * 100).toFixed(1)}%`;
const pointsOf = (share: number): string => `${share < 0 ? '−' : '+'}${(Math.abs(share) * 100).toFixed(1)}`;

const labelsFrom = ({ kind, column }: LabelSource): string =>
  ({ folder: 'names of folders', tag: 'own tags', table: column ?? 'the table' })[kind];

/** What is said of how right models are. */
export const evaluate = {
  exactly,
  setup: {
    title: 'How right is it?',
    intro:
      'Have a model listen to music whose genre or mood you know, and see how often it is right. Nothing is written, and none of it enters your library.',
    labels: 'Labels from',
    sources: { folder: 'Names of folders', tag: 'Files’ own tags', table: 'A table (CSV)' } as const,
    sourceHelp: {
      folder: 'Each file counts as what the folder is called that it lies in: jazz/So What.flac is jazz.',
      tag: 'Each file counts as the first genre or mood of its own tags.',
      table:
        'A CSV with a column “file” and a column of labels. Paths in it start from the table’s own folder, unless you name another.',
    } as const,
    folder: 'Folder',
    folderHint: 'Full path of a folder of music',
    table: 'Table',
    tableHint: 'Full path of a .csv, .tsv or .txt file',
    root: 'Paths start from',
    rootHint: 'The table’s own folder',
    choose: 'Choose…',
    /** Begins with what is seen. */
    chooseFor: (field: string): string => `Choose… (${field})`,
    chooseTitle: 'Choose a folder of labelled music',
    chooseTable: 'Choose a table of labels (CSV)',
    chooseRoot: 'Choose the folder that paths start from',
    verb: (name: string): string => `Take “${name}”`,
    column: 'Column of labels',
    columnNone: 'Choose a column',
    task: 'What is judged',
    tasks: { genre: 'Genre', mood: 'Mood', content: 'Music or not' } as const,
    model: 'Model',
    chosen: (name: string): string => `${name} (in use)`,
    against: 'Compare with',
    noOther: 'No other model',
    plan: 'Windows',
    plans: { all: 'All of each track', '12': '12 of each track, sooner done' } as const,
    start: 'Evaluate',
    startCount: (files: number): string => `Evaluate ${formatPlural(files, 'file')}`,
    cancel: 'Cancel',
    back: 'Back to the last result',
    looking: 'Looking at the files…',
    look: 'Labels found',
    unknownLabel: 'The model does not know this label; its files are left out',
  },
  looked: (look: LabelLook, kind: LabelSource['kind'], task: JudgedTask): string => {
    if (look.files === 0)
      return kind === 'table' ? 'No file of this table is there.' : 'There is no music in this folder. Choose another.';
    if (kind === 'table' && look.column === null)
      return `This table has no column “${TASKS[task]}”. Choose the column that holds the labels.`;
    const some =
      look.looked < look.files
        ? `Of ${formatPlural(look.files, 'file')}, ${formatCount(look.looked)} were looked at: `
        : '';
    if (look.labels.length === 0)
      return `${some}${kind === 'tag' ? `no file says its ${TASKS[task]}. Take the names of folders or a table instead.` : 'no file has a label here.'}`;
    if (look.known === 0)
      return `${some}none of these labels is one that the model knows. ${
        kind === 'folder'
          ? `Choose a folder whose music lies in folders named after its ${TASKS[task]}: ${(look.modelLabels ?? []).slice(0, 4).join(', ')} …`
          : kind === 'tag'
            ? 'Take the names of folders or a table instead, or choose another model.'
            : 'Choose another column, or another model.'
      }`;
    const strange = look.looked - look.known - look.unlabelled;
    const rest = [
      strange > 0 ? `${formatCount(strange)} whose label it does not know` : '',
      look.unlabelled > 0 ? `${formatCount(look.unlabelled)} without a label` : '',
    ].filter((part) => part !== '');
    const left = `; ${rest.join(' and ')} ${strange + look.unlabelled === 1 ? 'is' : 'are'} left out`;
    return `${some}${formatPlural(look.known, 'file')} with a label that the model knows${rest.length > 0 ? left : ''}.`;
  },
  /** Of files that labels are said to be for, how many can't be heard, and the first of them with why. */
  lookFailed: (failed: number, failure: string, kind: LabelSource['kind']): string =>
    `${formatPlural(failed, 'file')} ${failed === 1 ? 'is' : 'are'} left out${failed === 1 ? '' : ', the first'}: ${failure}${
      kind === 'table' ? ' If paths start elsewhere, name that folder above.' : ''
    }`,
  running: {
    title: 'Listening to the labelled files',
    finding: 'Looking for files and their labels…',
    starting: 'Loading the model…',
    of: (done: number, total: number): string => `${formatCount(done)} of ${formatPlural(total, 'file')}`,
    text: 'You can go on with everything else in the window meanwhile; the result will be here.',
    cancel: 'Cancel',
  },
  result: {
    title: (task: JudgedTask): string => `How right, by ${TASKS[task]}`,
    made: ({ source, plan }: Evaluation, when: string): string =>
      `${source.path} · labels from ${labelsFrom(source)} · ${plan === 'all' ? 'all windows' : `${plan} windows`} · ${when}`,
    another: 'New evaluation',
    export: 'Save as…',
    forms: { html: 'Page (HTML)', csv: 'Table of verdicts (CSV)', json: 'Everything (JSON)' } as const,
    file: (task: JudgedTask): string => `evaluation-${task}`,
    model: 'Model shown',
    tabs: {
      confusion: 'Confusions',
      classes: 'By label',
      calibration: 'Sureness',
      map: 'Map',
      sound: 'Sound',
      comparison: 'Comparison',
      failures: 'Not heard',
    } as const,
    parts: 'Parts of the evaluation',
    figures: 'Figures',
    accuracy: 'right',
    interval: ([low, high]: readonly [number, number]): string => `95%: ${formatShare(low)} to ${formatShare(high)}`,
    accuracyHelp: 'Accuracy: the share of tracks whose verdict is their label, with its 95% interval (Wilson)',
    of: (right: number, n: number): string => `${formatCount(right)} of ${formatCount(n)}`,
    top2: 'right or second',
    top2Help: 'The label is the first or the second of the histogram',
    macroF1: 'macro F1',
    macroF1Help: 'The mean of the labels’ F1: rare labels count as much as common ones',
    named: 'named',
    namedOf: ({ named, namedRight }: JudgedModel): string =>
      named === 0 ? 'none is sure enough' : `of these ${formatShare(namedRight / named)} right`,
    namedHelp: 'Tracks for which the model is sure enough to name a label; the others are abstained',
    ece: 'calibration error',
    eceHelp:
      'Expected calibration error (15 bins): how far confidence and being right lie apart on average; 0 is perfect',
    few: (n: number): string =>
      `${formatPlural(n, 'track')} can say little: the true share may lie anywhere in the interval. From about 100 on, figures settle.`,
    strangers: (files: number, labels: string): string =>
      `Left out: ${formatPlural(files, 'file')} whose label the model does not know (${labels}).`,
    unknown: (n: number, named: number, auroc: string): string =>
      `${formatPlural(n, 'track')} labelled “unknown”, ${formatCount(named)} named all the same; a known one is surer in ${auroc} of pairs.`,
  },
  confusion: {
    title: 'What is heard as what',
    rowHead: 'Is',
    columnHead: 'heard',
    says: (
      { n, right }: { n: number; right: number },
      worst: { label: string; heard: string; tracks: number } | null,
    ): string =>
      worst === null
        ? `All ${formatPlural(n, 'track')} were heard as what they are.`
        : `${formatCount(right)} of ${formatPlural(n, 'track')} lie on the diagonal. The most frequent mistake: ${worst.label} heard as ${worst.heard}, ${formatPlural(worst.tracks, 'time')}.`,
    note: 'Rows are what tracks are, columns what they are heard as. The darker a cell, the more of its row. Press a cell to list its tracks and listen to them. A mistake that sounds like no mistake may be one of the label.',
  },
  classes: {
    title: 'Each label by itself',
    says: 'Precision: of the tracks heard as this, how many are. Recall: of the tracks that are this, how many are heard as it. F1 is the harmonic mean of both.',
    label: 'Label',
    precision: 'Precision',
    recall: 'Recall',
    f1: 'F1',
    tracks: 'Tracks',
    note: 'Press a label to list its tracks. Labels without a track are left out.',
  },
  calibration: {
    reliability: 'Right as often as it is sure?',
    says: ({ ece }: { ece: number }, sureness: number, accuracy: number): string =>
      `On average the model is ${formatShare(sureness)} sure and right in ${formatShare(accuracy)}: it is ${
        Math.abs(sureness - accuracy) < 0.03
          ? 'about as sure as it may be'
          : sureness > accuracy
            ? 'too sure of itself'
            : 'more modest than it need be'
      }. Calibration error ${ece.toFixed(3)}.`,
    note: 'A dot on the dashed line: right as often as the model says. The upright strokes are 95% intervals: the longer, the less can be said.',
    confidence: 'How sure the model was',
    share: 'Share right',
    tracks: 'Tracks',
    mean: 'Mean',
    right: 'Right',
    risk: 'Wrong among the surest',
    riskSays: (all: string, half: string): string => `Of all verdicts ${all} are wrong; of the surer half ${half}.`,
    riskNote:
      'Risk-coverage curve: from left to right ever less sure verdicts are taken in. What rises only at the right can be used as it is up to there.',
    coverage: 'Share taken, the surest first',
    wrong: 'Share wrong',
    threshold: 'Confidence from',
  },
  map: {
    title: 'Map of the tracks',
    saysPca: (tracks: number, share: string, wrong: number): string =>
      `${formatPlural(tracks, 'track')} in the colours of what they are; the ${formatCount(wrong)} with a ring are heard as something else. The two directions hold ${share} of all differences.`,
    saysTsne: (tracks: number, wrong: number): string =>
      `${formatPlural(tracks, 'track')} in the colours of what they are, laid out by who is near whom (t-SNE); the ${formatCount(wrong)} with a ring are heard as something else. Distances between far groups mean little.`,
    note: 'Drag to move, or choose Select and draw a line around tracks. The wheel, + and − zoom, the arrow keys move, Enter takes what is in the frame, 0 shows all.',
    works: (share: string): string => `Laying out by t-SNE: ${share}. The rest of the window goes on meanwhile.`,
    reading: 'Reading what was heard…',
    none: 'The model gives no embeddings (an output “likeness”), from which a map would be drawn.',
    tooFew: 'A map needs at least three tracks.',
    wrong: 'Heard as something else',
    is: (name: string): string => `Is ${name}`,
    heard: (name: string): string => `heard ${name}`,
  },
  sound: {
    title: 'How each label sounds',
    intro:
      'Tempo, brightness, level and noisiness of the middle 30 seconds of each track, label by label. Labels whose boxes overlap in all of them are hard to tell by these alone. It takes about half a second a track.',
    start: (tracks: number): string => `Measure ${formatPlural(tracks, 'track')}`,
    again: 'Measure again',
    further: 'A further statistic…',
    stop: 'Stop',
    says: (done: number, total: number, failed: number): string =>
      `${formatCount(done)} of ${formatPlural(total, 'track')} measured${failed > 0 ? `, of which ${formatCount(failed)} could not be` : ''}.`,
  },
  comparison: {
    title: 'Both models on the same tracks',
    says: ({ n, p, difference }: Paired, [first, second]: readonly [string, string]): string =>
      p < 0.05
        ? `${difference > 0 ? first : second} is right more often on these ${formatPlural(n, 'track')}, and that is more than chance.`
        : `On these ${formatPlural(n, 'track')} the difference may be chance.`,
    difference: (difference: number, [low, high]: readonly [number, number]): string =>
      `${pointsOf(difference)} points (95%: ${pointsOf(low)} to ${pointsOf(high)})`,
    p: (p: number): string => `p = ${p < 0.001 ? p.toExponential(1) : p.toFixed(3)}`,
    test: 'McNemar’s exact test',
    interval: 'Difference of the shares right (Bonett and Price)',
    both: 'Both right',
    only: (name: string): string => `Only ${name}`,
    neither: 'Neither',
    right: (name: string): string => `${name} right`,
    list: 'Who is right about which tracks',
    note: 'Press a line to list its tracks. Only tracks that both models heard, and whose label both know, are counted.',
  },
  failures: {
    title: 'Files that could not be heard',
    says: (failed: number, shown: number): string =>
      `${formatPlural(failed, 'file')}${shown < failed ? `, of which the first ${formatCount(shown)} are listed` : ''}. What could not be heard counts neither as right nor as wrong.`,
  },
  pane: {
    name: 'Tracks of the evaluation',
    close: 'Close the list',
    count: (tracks: number): string =>
      tracks === 0 ? 'No track lies here.' : `${formatPlural(tracks, 'track')}, the surest first`,
    play: (title: string): string => `Play ${title}`,
    pause: (title: string): string => `Pause ${title}`,
    loudest: (title: string, label: string): string => `Hear where ${title} sounds most like ${label}`,
    loudestTip: (label: string): string => `Where it sounds most like ${label}`,
    noWindows: 'The model says nothing of single windows here.',
    is: (label: string): string => `is ${label}`,
    abstained: 'not named',
    unheard: 'not heard',
  },
} as const;
