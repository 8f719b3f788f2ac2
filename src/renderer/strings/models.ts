import type { EnsembleInfo } from '#shared/contract/ensemble-manifest';
import type { InputInfo } from '#shared/contract/model-input';

const INPUTS: Readonly<Record<InputInfo['kind'], string>> = {
  mel: 'the mel spectrum',
  waveform: 'the plain samples',
  image: 'pictures of the mel spectrum',
  features: 'statistics of the sound',
};

/** The models there are, and the dialog about them. */
export const models = {
  title: 'Models',
  menu: 'Models…',
  intro:
    'A model listens to the music. Results of two models are never mixed: after a change, older ones are marked stale until a scan renews them.',
  choose: 'Use',
  chosen: 'In use',
  remove: 'Remove',
  removeConfirm: 'Delete its files',
  add: 'Add a model pack…',
  addTitle: 'Choose the folder of a model pack',
  addVerb: (name: string): string => `Check and add “${name}”`,
  adding: 'Checking the pack…',
  folder: (path: string): string => `Packs are kept in ${path}`,
  problems: 'Can’t be used',
  added: (name: string, replaces: string | null): string =>
    replaces === null ? `${name} was added. Choose it to listen with it.` : `${name} took the place of ${replaces}.`,
  nowUsed: (name: string): string => `${name} is in use now. Scan to have your tracks heard by it.`,
  removed: (name: string): string => `${name} was removed. Its results are kept.`,
  commandLine: 'The model was named on the command line, so it can’t be changed here.',
  broken: (id: string): string => `The chosen model ${id} can’t be used, and no other one stands in for it.`,
  ensemble: ({ rule, members }: EnsembleInfo): string =>
    `${rule === 'mean' ? 'Mean' : 'Vote'} of ${members.map(({ id, weight }) => `${weight} × ${id}`).join(', ')}`,
  input: ({ kind, windowSec }: InputInfo): string => `listens to ${INPUTS[kind]}, ${windowSec.toFixed(1)} s at a time`,
  tasks: {
    genre: 'genre',
    'genre-wide': 'many genres',
    mood: 'mood',
    'valence-arousal': 'valence and arousal',
    content: 'music or not',
    embedding: 'likeness',
  } as Readonly<Record<string, string>>,
} as const;
