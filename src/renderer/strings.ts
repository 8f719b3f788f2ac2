import { formatCount, formatPlural, formatShare } from './ui/format';

/** Every sentence of the window that isn't a lone label in place, so that it can be read through and translated. */
export const strings = {
  app: 'Genregram',
  views: { library: 'Library', write: 'Write', failures: 'Failures' },
  quick: {
    all: 'All tracks',
    'no-genre': 'No genre',
    disagrees: 'Disagrees',
    unsure: 'Unsure',
    'not-music': 'Not music',
    unreviewed: 'To review',
    decided: 'Decided',
    failed: 'Failed',
    stale: 'Stale',
  },
  quickHelp: {
    all: 'Every track in the folders',
    'no-genre': 'Files without a genre of their own',
    disagrees: 'The file says one genre, the model hears another',
    unsure: 'The model is not sure enough to name a genre',
    'not-music': 'Speech, noise or silence, as far as the model hears',
    unreviewed: 'Analysed, and waiting for your decision',
    decided: 'Decided by you, and not written into the file yet',
    failed: 'Could not be analysed',
    stale: 'Heard by another model or version than the chosen one; a scan hears them again',
  },
  columns: {
    state: 'State',
    title: 'Title',
    artist: 'Artist',
    album: 'Album',
    ownGenre: 'Own genre',
    genre: 'Heard',
    confidence: 'Sure',
  },
  states: {
    new: 'Waiting',
    analysed: 'To review',
    decided: 'Decided',
    written: 'Written',
    skipped: 'Skipped',
    failed: 'Failed',
    stale: 'Stale',
  },
  stateHelp: {
    new: 'Not listened to yet',
    analysed: 'Listened to; waiting for your decision',
    decided: 'Decided; not written into the file yet',
    written: 'Your decision is in the file',
    skipped: 'Left as it is, as you decided',
    failed: 'Could not be analysed',
    stale: 'Heard by another model than the chosen one; a scan has it heard again',
  },
  notSure: 'not sure',
  notHeard: 'not listened to yet',
  content: {
    badge: { speech: 'Speech', other: 'Other sound' } as Readonly<Record<string, string>> & { other: string },
    notMusic: { speech: 'Speech, not music', other: 'Not music' } as Readonly<Record<string, string>> & {
      other: string;
    },
    help: 'The model hears no music here, so no genre and no mood is named.',
  },
  wide: {
    heading: 'More genres',
    named: (named: number, of: number): string => `${formatCount(named)} of ${formatCount(of)} named`,
    isNamed: 'named',
    mark: (threshold: string): string => `named from ${threshold}`,
    line: (threshold: string, windows: string): string => `Named from a score of ${threshold}; reached by ${windows}`,
    all: (count: number): string => `Show all ${formatCount(count)}`,
    fewer: 'Show fewer',
  },
  plane: {
    heading: 'Valence and arousal',
    leans: (quadrant: string): string => `Leans to ${quadrant.toLowerCase()}`,
    valence: 'Valence',
    arousal: 'Arousal',
    help: 'Mean of the windows; ± is how far they lie apart.',
  },
  untitled: 'Untitled',
  none: 'none',
  empty: {
    noFolders: {
      title: 'Add a folder of music',
      text: 'Genregram listens to each track, shows which genres it hears, and writes what you confirm into the files’ own tags. Nothing leaves this computer, and no file changes before you say so.',
      drop: 'You can also drop folders anywhere on this window.',
    },
    noTracks: {
      title: 'No tracks yet',
      text: 'Scan your folders to find the music in them. Genregram then listens to each track.',
    },
    scanning: {
      title: 'Looking through your folders',
      text: 'Tracks appear here as they are found.',
    },
    noMatch: {
      title: 'Nothing matches',
      text: (text: string): string => `No track here has “${text}” in its title, artist, album, genre or file name.`,
    },
    filters: {
      'no-genre': 'Every track has a genre of its own.',
      disagrees: 'No file’s own genre disagrees with what was heard.',
      unsure: 'The model named a genre for every track it heard.',
      'not-music': 'Everything that was heard is music, or the model can’t tell music from speech.',
      unreviewed: 'Nothing is left to review. What you decided waits on the Write desk.',
      decided: 'Nothing is waiting to be written. Accept or change a track to put it here.',
      failed: 'Every track could be read and analysed.',
      stale: 'Every track that was heard was heard by the chosen model.',
      all: '',
    },
    nothingSelected: {
      title: 'No track selected',
      text: 'Choose a track to see what was heard in it, or press ↓ to begin at the top.',
    },
    write: {
      title: 'Nothing to write yet',
      text: 'Tracks you accept or change in the library wait here. You see exactly what changes in which file before anything is written.',
    },
    failures: {
      title: 'No failures',
      text: 'Files that can’t be read, analysed or written are listed here with the reason and what to do.',
    },
    history: 'No writes yet.',
    unreadable: 'The library can’t be shown',
  },
  connection: {
    connecting: 'Starting…',
    open: 'Ready',
    lost: 'Not connected',
    away: 'The connection to Genregram’s engine was lost. Trying to reach it again…',
    awayLong:
      'Genregram’s engine doesn’t answer. If you started it again in a terminal, open the new address it printed.',
    retry: 'Try now',
  },
  folders: {
    heading: 'Folders',
    add: 'Add folder',
    remove: (name: string): string => `Remove ${name} from the library`,
    removeTitle: 'Remove this folder?',
    removeText: (tracks: number): string =>
      `Genregram forgets the folder and what it knows of its ${formatPlural(tracks, 'track')}, decisions included. The files themselves are not touched.`,
    removeConfirm: 'Remove folder',
    unavailable: 'Can’t be found at the moment, perhaps on a drive that isn’t plugged in. Its tracks are kept.',
    dropHere: 'Drop folders to add them',
    dropHereText: 'Their music is scanned; no file is changed.',
    browserDrop: 'A browser doesn’t tell where dropped folders are. Choose the folder here instead.',
    chooserTitle: 'Choose a folder of music',
    chooserEmpty: 'No folders in here.',
    choose: (name: string): string => `Add “${name}”`,
  },
  models: {
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
    tasks: {
      genre: 'genre',
      'genre-wide': 'many genres',
      mood: 'mood',
      'valence-arousal': 'valence and arousal',
      content: 'music or not',
      embedding: 'likeness',
    } as Readonly<Record<string, string>>,
  },
  stale: (model: string): string =>
    `Heard by ${model}, which is not the model in use. Scan to have it heard again; until then there is nothing to accept.`,
  derived: 'The genre is derived from the model’s tags: it has no genre output of its own.',
  mode: {
    replace: { label: 'Replace', help: 'What you decided takes the place of the file’s genre and mood.' },
    add: { label: 'Add', help: 'What you decided joins the genre and mood that the file has.' },
    fill: { label: 'Fill gaps', help: 'Written only where the file has no genre or no mood.' },
  },
  write: {
    undoTitle: 'Undo this write?',
    undoText: (files: number): string =>
      `Every byte of ${formatPlural(files, 'file')} is put back as it was before this write. Files changed since then are left alone and listed.`,
    field: { genre: 'Genre', mood: 'Mood' } as Readonly<Record<string, string>>,
    written: (written: number, refused: number): string =>
      refused === 0
        ? `${formatPlural(written, 'file')} written.`
        : `${formatPlural(written, 'file')} written, ${formatCount(refused)} refused and left untouched.`,
    undone: (restored: number, refused: number): string =>
      refused === 0
        ? `${formatPlural(restored, 'file')} put back as before.`
        : `${formatPlural(restored, 'file')} put back as before, ${formatCount(refused)} left alone.`,
  },
  review: {
    accepted: (count: number): string => `Accepted ${formatPlural(count, 'track')}`,
    changed: (count: number): string => `Changed ${formatPlural(count, 'track')}`,
    skipped: (count: number): string => `Skipped ${formatPlural(count, 'track')}`,
    cleared: (count: number): string => `Took back the decision on ${formatPlural(count, 'track')}`,
    nothingToAccept: 'No genre or mood was named, so there is nothing to accept. Choose one yourself (E).',
    unsure: 'The model isn’t sure; choose yourself',
    notMusic: 'The model hears no music; choose yourself',
    nothingToUndo: 'There is no decision to take back.',
  },
  progress: {
    scan: 'Scanning',
    analyze: 'Listening',
    write: 'Writing',
    undo: 'Undoing',
    announce: (kind: string, share: number): string => `${kind}: ${formatShare(share)} done`,
    ended: (kind: string): string => `${kind} finished`,
  },
} as const;
