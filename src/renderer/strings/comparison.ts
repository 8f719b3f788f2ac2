import { formatPlural } from '../ui/format';

/** What several models hear in a track, side by side. */
export const comparison = {
  open: 'Compare models…',
  title: 'Compare models',
  models: 'Models',
  /** Beside the one that the library's results come from. */
  chosen: 'in use',
  most: (most: number): string => `At most ${most} at a time.`,
  few: 'Choose two models or more, to see them side by side.',
  oneModel: 'There is only one model. Add another pack under Models, to compare it.',
  hear: (models: number): string => `Listen with ${formatPlural(models, 'model')}`,
  hearAgain: (models: number): string => `Try ${formatPlural(models, 'model')} again`,
  hearing: (name: string | null): string => (name === null ? 'Listening…' : `Listening with ${name}…`),
  cancel: 'Cancel',
  stopping: 'Stopping…',
  note: 'Nothing of this is stored: the library keeps the result of the model in use.',
  plan: (plan: string): string =>
    plan === 'all'
      ? 'The whole track'
      : plan.startsWith('random:')
        ? `${plan.slice(7)} random windows`
        : `${plan} windows`,
  label: 'Label',
  verdict: 'Verdict',
  tasks: { genre: 'Genre', mood: 'Mood' },
  notHeard: 'Not heard yet',
  failed: 'Could not listen',
  facts: (windows: number, windowSec: number, ms: number): string =>
    `${formatPlural(windows, 'window')} of ${windowSec.toFixed(1)} s · ${(ms / 1000).toFixed(1)} s`,
  stored: 'From the library',
  noTask: 'This model tells none',
  noLabel: 'This model has no such label',
  sure: (share: string): string => `${share} sure`,
  unsure: (share: string): string => `not sure (${share})`,
  others: 'others',
  hearBar: (label: string, windows: number, model: string): string =>
    `Hear ${label} as ${model} hears it: ${formatPlural(windows, 'window')}`,
} as const;
