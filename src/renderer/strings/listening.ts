/** The dialog of how Genregram listens. */
export const listening = {
  title: 'How Genregram listens',
  menu: 'Listening…',
  intro: 'These settings change how fast and when your music is listened to, never what is heard in a whole track.',
  machine: 'Of this machine',
  tools: 'With',
  files: 'Which files',
  share: {
    label: 'Share of the processor',
    choices: { low: 'Little', half: 'Half', most: 'Most', all: 'All' },
    help: {
      low: 'One file after the other, and only with what other programs leave over.',
      half: 'Half of the cores; other programs come first.',
      most: 'All cores, but other programs come first.',
      all: 'All cores, as much as any other program. This window may stutter.',
    },
  },
  checks: {
    yieldToWindow: {
      label: 'Step back while this window is in front',
      help: 'Listening makes room for what you do here, and goes on at full speed when you turn to something else.',
    },
    pauseOnBattery: {
      label: 'Wait while running on battery',
      help: 'Listening halts when the machine is unplugged and goes on by itself when it is plugged in.',
    },
    quickFirst: {
      label: 'A quick look first',
      help: 'Each track gets a first result from a few of its windows, and is heard as a whole afterwards.',
    },
  },
  provider: {
    label: 'Provider',
    help: 'What does the inference: auto, cpu, or one such as webgpu, cuda, dml or coreml, which must then work.',
  },
  providers: {
    label: 'What this machine has',
    inUse: 'in use',
    trying: 'Trying what this machine has…',
    tryAgain: 'Try again',
  },
  ffmpeg: {
    label: 'The ffmpeg command',
    help: 'Full path of the program to decode with. Empty: the one that is found, or the built-in decoders.',
    none: 'Found by itself',
  },
  longest: {
    label: 'Longest file, in minutes',
    help: 'Files that play longer, such as audiobooks, are left out and listed with the reason. Empty: none is.',
    none: 'Any length',
  },
  timeout: {
    label: 'Longest time for a file, in minutes',
    help: 'A file that takes longer to decode is given up and listed with the reason.',
  },
  minutes: 'Give a number of minutes from 0.1 to 10080.',
} as const;
