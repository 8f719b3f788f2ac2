import { formatCount, formatPlural } from '../ui/format';

/** The write desk. */
export const write = {
  undoTitle: 'Undo this write?',
  undoText: (files: number): string =>
    `${formatPlural(files, 'file')} go back to what they were before this write: byte for byte, or field by field where something has changed them since. What you changed yourself stays and is listed.`,
  undoConfirm: 'Undo the write',
  redoTitle: 'Take this undo back?',
  redoText: (files: number): string => `What was undone in ${formatPlural(files, 'file')} is written again, as it was.`,
  redoConfirm: 'Write it again',
  filter: 'Filter files',
  filterHelp: 'Filter: path, field, value, reason',
  kinds: { all: 'All', warned: 'With warnings', refused: 'Refused' },
  only: (files: number): string => `The ${formatPlural(files, 'file')} refused before`,
  showAll: 'Show all files',
  nothingShown: 'No planned file has this. What is not shown is not written.',
  tryAgain: (files: number): string => `Plan ${formatPlural(files, 'refused file')} again`,
  dayZero: 'Back to day 0…',
  dayZeroTitle: 'Put every file back to day 0?',
  dayZeroText: (files: number): string =>
    `${formatPlural(files, 'file')} that Genregram ever wrote go back to their original bytes. Where something else has changed a file since, its fields are put back one by one, and what you changed yourself stays. This is a run of its own: it can be undone too.`,
  dayZeroConfirm: (files: number): string => `Put ${formatPlural(files, 'file')} back`,
  undoRun: 'Undo this write',
  redoRun: 'Take this undo back',
  undoFile: 'Undo this file',
  redoFile: 'Write this file again',
  field: { genre: 'Genre', mood: 'Mood' } as Readonly<Record<string, string>>,
  written: (written: number, refused: number): string =>
    refused === 0
      ? `${formatPlural(written, 'file')} written.`
      : `${formatPlural(written, 'file')} written, ${formatCount(refused)} refused and left untouched.`,
  undone: (restored: number, refused: number): string =>
    refused === 0
      ? `${formatPlural(restored, 'file')} put back.`
      : `${formatPlural(restored, 'file')} put back, ${formatCount(refused)} left alone.`,
  interrupted: (note: string): string => `Interrupted: ${note}`,
  notReached: (files: number): string => `The run ended before it came to ${formatPlural(files, 'more file')}.`,
  exact: 'Put back byte for byte.',
  byField: 'Something else has changed this file since; its fields were put back one by one.',
  left: (field: string, now: string): string => `${field} was changed to ${now} since, so it was left.`,
  asBefore: 'Was as before already.',
  asDecided: 'Already as decided; nothing was written.',
  working: 'Each file is checked, written beside the original, compared, and only then put in its place.',
  allTakenBack: 'All of it was taken back since.',
  someTakenBack: (files: number): string => `${formatPlural(files, 'file')} of it taken back since.`,
  runState: {
    running: 'under way',
    done: '',
    cancelled: 'cancelled',
    interrupted: 'interrupted',
    undone: 'undone',
    'partly-undone': 'partly undone',
  },
} as const;
