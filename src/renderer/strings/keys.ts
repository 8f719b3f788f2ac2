/** The sheet of keyboard shortcuts. */
export const keys = {
  title: 'Keyboard shortcuts',
  close: 'Close',
  note: 'Hold Shift while moving to select a range; Ctrl or ⌘ click takes single tracks in and out.',
  change: (label: string): string => `Change the key: ${label}`,
  reset: (label: string): string => `Back to the default: ${label}`,
  press: (label: string): string => `${label}: press the new key, or Esc to keep it`,
  taken: (key: string, label: string): string => `${key} is taken by “${label}”.`,
  takeOver: 'Take it over',
  another: 'Another key',
  keep: 'Keep the old one',
  none: 'no key',
  off: 'Switched off below',
  single: 'Keys of a single character',
  singleHelp:
    'Switch them off if they are pressed by accident, as by speech input; keys with Ctrl or Alt, Enter and arrows go on.',
  resetAll: 'All back to default',
} as const;
