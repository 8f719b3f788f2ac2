import type { Group } from '#shared/contract/review';
import { album } from './strings/album';
import { genres } from './strings/genres';
import { playlists } from './strings/playlists';
import { serve } from './strings/serve';
import { spectrogram } from './strings/spectrogram';
import { zoom } from './strings/zoom';
import { formatCount, formatPlural, formatRate, formatShare } from './ui/format';

/** Every sentence of the window that isn't a lone label in place, so that it can be read through and translated. */
export const strings = {
  app: 'Genregram',
  views: {
    library: 'Library',
    review: 'Review',
    write: 'Write',
    playlists: 'Playlists',
    insight: 'Insight',
    failures: 'Failures',
  },
  playlists,
  serve,
  album,
  spectrogram,
  zoom,
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
    quick: 'Heard quickly',
    'look-again': 'Look again',
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
    quick: 'Heard in a few windows so far; the full analysis is still to come',
    'look-again': 'You accepted a quick verdict, and the full analysis says otherwise',
  },
  columns: {
    state: 'State',
    title: 'Title',
    artist: 'Artist',
    album: 'Album',
    ownGenre: 'Own genre',
    genre: 'Heard',
    confidence: 'Sure',
    mood: 'Mood',
    year: 'Year',
    duration: 'Length',
    content: 'Content',
    decision: 'Decision',
    fileName: 'File name',
    folder: 'Folder',
    analysedAt: 'Heard at',
  },
  table: {
    menu: 'Columns and groups',
    columns: 'Columns',
    reset: 'The usual columns',
    headHelp: 'Press to sort. Right click, or Alt and ↓: move, size, hide. Alt and ← →: move. Shift and ← →: size.',
    moveLeft: 'Move left',
    moveRight: 'Move right',
    wider: 'Wider',
    narrower: 'Narrower',
    usualWidth: 'As wide as usual',
    hide: (name: string): string => `Hide ${name}`,
  },
  groups: {
    by: 'Group by',
    names: { nothing: 'Nothing', album: 'Album', artist: 'Artist', folder: 'Folder', heard: 'Heard genre' },
    none: { album: 'No album', artist: 'No artist', folder: 'No folder', heard: 'No genre named' },
    select: 'Select these tracks',
  },
  states: {
    new: 'Waiting',
    analysed: 'To review',
    decided: 'Decided',
    written: 'Written',
    skipped: 'Skipped',
    failed: 'Failed',
    stale: 'Stale',
    'look-again': 'Look again',
  },
  stateHelp: {
    new: 'Not listened to yet',
    analysed: 'Listened to; waiting for your decision',
    decided: 'Decided; not written into the file yet',
    written: 'Your decision is in the file',
    skipped: 'Left as it is, as you decided',
    failed: 'Could not be analysed',
    stale: 'Heard by another model than the chosen one; a scan has it heard again',
    'look-again':
      'You accepted a quick verdict, and the full analysis says otherwise; nothing more is written until you decide again',
  },
  quickly: {
    sign: 'Heard quickly',
    help: 'A first verdict from a few windows of the track; the full analysis takes its place when it comes.',
    windows: (windows: string, full: string): string => `${windows}, quick; ${full}`,
    full: {
      waiting: 'the full analysis is waiting',
      running: 'the full analysis is in progress',
      stopped: 'the next scan hears it in full',
      failed: 'the full analysis failed',
    },
    first: 'Quick look first',
    firstHelp: (on: boolean): string =>
      on
        ? 'On: a scan hears every track in a few windows first, and in full in the background. Press to hear each in full at once.'
        : 'Off: a scan hears each track in full at once. Press to have a first verdict for every track sooner.',
    lookAgain: (accepted: string, heard: string, written: boolean): string =>
      `You accepted ${accepted} after a quick look. The full analysis hears ${heard}. ${written ? 'The file says what you accepted, until you decide otherwise.' : 'Your decision stands, but nothing is written until you have looked again.'}`,
    nothing: 'nothing it is sure of',
    keep: (values: string): string => `Keep ${values}`,
    kept: (count: number): string => `Kept your decision on ${formatPlural(count, 'track')}`,
    desk: (tracks: number): string =>
      `${formatPlural(tracks, 'decided track')} ${tracks === 1 ? 'waits' : 'wait'} for another look, since the full analysis says otherwise.`,
    deskShow: 'Look again',
    onDesk: 'Accepted after a quick look; the full analysis is still to come.',
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
  finding: {
    label: 'Filter tracks',
    placeholder: 'Filter: words, genre:rock, confidence<0.6 …',
    clear: 'Clear the filter',
    suggestions: 'Suggestions',
    count: formatCount,
    tracks: (count: number): string => formatPlural(count, 'track'),
    saved: 'Saved',
    save: 'Save this view…',
    saveHelp: 'Keeps the filter, the view, the sorting and the grouping under a name',
    saveTitle: 'Save this view',
    renameTitle: (name: string): string => `Rename ${name}`,
    name: 'Name',
    keep: 'Save',
    cancel: 'Cancel',
    rename: 'Rename…',
    update: 'Replace by what is shown',
    remove: 'Delete',
    actions: (name: string): string => `Actions for ${name}`,
    removed: (name: string): string => `${name} was deleted.`,
    updated: (name: string): string => `${name} is now what is shown.`,
    undo: 'Undo',
    nothingSaved: 'Filter or sort the table, then save that as a view.',
  },
  named: {
    shown: (count: string, label: string): string => `${count}: ${label}`,
    dismiss: 'Show all tracks again',
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
      text: (text: string): string => `No track here matches “${text}”.`,
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
      quick: 'Every track that was heard was heard in full.',
      'look-again': 'No full analysis speaks against what you accepted.',
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
  listening: {
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
  },
  genres,
  writing: {
    title: 'How files are written',
    menu: 'Writing…',
    intro: 'Each plan is made with these settings and shows what they come to before anything is written.',
    what: 'What is written',
    how: 'Into the files',
    checks: {
      neverTouchFiles: {
        label: 'Never touch files',
        help: 'No file of this library is ever written, by no window and no command. What you decide stays in the library; playlists work as ever, and genregram tag --sidecar writes it into files of its own.',
      },
      writeMood: {
        label: 'Moods',
        help: 'When off, only genres are written, and a mood that a file has stays as it is.',
      },
      histogramField: {
        label: 'What was heard',
        help: 'Also written as GENREGRAM_GENRES, such as rock:0.62;metal:0.21. Players show it only if told to; scripts and smart playlists can use it.',
      },
      confidenceField: {
        label: 'How sure the model was',
        help: 'Also written as GENREGRAM_CONFIDENCE beside a genre that you accepted, such as 0.62.',
      },
      keepMtime: {
        label: 'Keep the time of the last change',
        help: 'When off, players and backups that go by file times notice what was written.',
      },
    },
    lists: {
      keepGenres: {
        label: 'Genres that always stay',
        help: 'A file keeps them although other genres take the place of the rest.',
        example: 'For example Audiobook',
      },
      dropGenres: {
        label: 'Genres that always go',
        help: 'They are taken out of each file that is written, and count as no genre when gaps are filled.',
        example: 'For example Other, Unknown',
      },
    },
    join: {
      label: 'Several genres in old ID3 tags',
      help: 'ID3v2.2 and 2.3 hold one text. Players that know the sign show two genres, others one long one.',
    },
    links: {
      label: 'Links to files',
      choices: { skip: 'Leave alone', through: 'Write through', break: 'Break' },
      help: {
        skip: 'Symbolic links and files with several names are left as they are, and listed with the reason.',
        through: 'What all names of a file share is changed, so that players see the same genre under each.',
        break: 'The name gets a file of its own with the new tags; other names of the file keep the old ones.',
      },
    },
    inPlace: {
      label: 'Huge files are overwritten in place',
      never: 'Never',
      always: 'All files',
      above: (mib: string): string => `Over ${mib} MiB`,
      help: 'Only the tag is written and no copy made, which is quicker on network drives, where the change fits. Players should not use the file meanwhile; after a crash the next start puts it back.',
    },
    linkTo: (path: string): string => `A link to ${path}`,
    done: {
      inPlace: 'Overwritten in place.',
      linkTo: (path: string): string => `Written through the link to ${path}`,
      linkBroken: (says: string): string =>
        `A file of its own since, instead of a link to ${says}; an undo brings the link back as long as that file is unchanged.`,
      parted:
        'A file of its own since, apart from its other names; an undo puts the bytes back, but not the hard link.',
    },
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
      `${formatPlural(files, 'file')} go back to what they were before this write: byte for byte, or field by field where something has changed them since. What you changed yourself stays and is listed.`,
    undoConfirm: 'Undo the write',
    redoTitle: 'Take this undo back?',
    redoText: (files: number): string =>
      `What was undone in ${formatPlural(files, 'file')} is written again, as it was.`,
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
  },
  review: {
    accepted: (count: number): string => `Accepted ${formatPlural(count, 'track')}`,
    changed: (count: number): string => `Changed ${formatPlural(count, 'track')}`,
    skipped: (count: number): string => `Skipped ${formatPlural(count, 'track')}`,
    calledNotMusic: (count: number): string => `${formatPlural(count, 'track')} counted as no music`,
    cleared: (count: number): string => `Took back the decision on ${formatPlural(count, 'track')}`,
    nothingToAccept: 'No genre or mood was named, so there is nothing to accept. Choose one yourself (E).',
    unsure: 'The model isn’t sure; choose yourself',
    notMusic: 'The model hears no music; choose yourself',
    nothingToUndo: 'There is no decision to take back.',
  },
  desk: {
    progress: 'Progress of the review',
    done: 'done',
    left: 'left',
    pace: (perMinute: number): string => `${formatRate(perMinute)} tracks a minute`,
    undo: 'Undo',
    undoHelp: 'Take back what was decided last',
    order: 'What comes first',
    orders: { doubtful: 'Doubtful', disagrees: 'Disagreements', settles: 'Settles most', album: 'By album' },
    atHand: 'Track at hand',
    facts: { heard: 'Heard', mood: 'Mood', own: 'In the file', decided: 'Decided' },
    ownNone: 'no genre',
    noByline: 'No artist, no album',
    noArtist: 'no artist',
    sure: (label: string, share: string): string => `${label}, ${share} sure`,
    perhaps: (label: string, share: string): string => `Not sure; perhaps ${label} (${share})`,
    labels: 'Genres by number',
    named: 'named',
    type: 'Another genre',
    typeHint: (key: string): string => (key === '' ? 'Type a genre' : `Type a genre (${key})`),
    asTyped: (text: string): string => `“${text}” as typed`,
    decide: 'Decide',
    accept: (values: string): string => `Accept ${values}`,
    notSure: 'Nothing to accept',
    hear: 'Hear why',
    two: 'Top two',
    skip: 'Skip',
    notMusic: 'Not music',
    next: 'Next track',
    previous: 'Previous track',
    about: (what: string, track: string): string => `${what} for ${track}`,
    nothingToAccept: 'The model is not sure enough to accept its word. Press the number of a genre, type one, or skip.',
    noTwo: 'No two genres were heard here. Press the number of a genre, type one, or skip.',
    failed: (words: string, why: string): string => `Not decided: ${words}. ${why}`,
    tryAgain: 'Try again',
    waiting: 'Finding what to review first…',
    queueFailed: 'The tracks to review can’t be listed',
    nothingLeft: {
      title: 'Nothing is left to review',
      text: 'Every track that was heard has its decision. What you decided waits on the Write desk.',
    },
  },
  keys: {
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
  },
  share: {
    around: 'Around this track',
    headings: { album: 'Album', artist: 'Artist', similar: 'Sounds like this' },
    buttons: { album: 'The same for the album…', artist: 'The same for the artist…', similar: 'The same for these…' },
    titles: {
      album: 'One genre for the album',
      artist: 'One genre for the artist',
      similar: 'One genre for similar tracks',
    },
    help: 'Shows the tracks first',
    says: (of: 'album' | 'artist', { tracks, undecided, majority, agrees }: Group): string => {
      const waiting =
        undecided === 0
          ? 'none waits for you'
          : `${formatCount(undecided)} of them ${undecided === 1 ? 'waits' : 'wait'} for you`;
      if (!majority) return `${formatPlural(tracks, 'track')}, ${waiting}.`;
      const where = of === 'album' ? 'on this album' : 'by this artist';
      const stands = agrees === null ? 'this one says nothing' : agrees ? 'so does this one' : 'this one disagrees';
      const others =
        majority.others === 0
          ? ''
          : ` ${formatPlural(majority.others, 'track')} that ${majority.others === 1 ? 'waits says' : 'wait say'} otherwise or nothing.`;
      return `${formatCount(majority.tracks)} of ${formatPlural(majority.of, 'track')} ${where} say ${majority.genre}; ${stands}.${others}`;
    },
    similar: (count: number): string =>
      count === 0
        ? 'No other track that waits sounds much like this one.'
        : `${formatPlural(count, 'track')} that ${count === 1 ? 'waits sounds' : 'wait sound'} much like this one.`,
    take: (of: 'album' | 'artist', genre: string): string => `Take ${genre} for the ${of}…`,
    genre: 'Genre',
    onlyGenre: 'Only the genre is decided. Nothing is written yet, and one undo takes all of it back.',
    chosen: (chosen: number, of: number): string => `${formatCount(chosen)} of ${formatPlural(of, 'track')} chosen`,
    hidden: (count: number): string => `${formatPlural(count, 'more track')} not listed and left alone`,
    list: 'Tracks that get the decision',
    similarity: 'Likeness',
    itself: 'this track',
    tracks: (count: number): string => formatPlural(count, 'track'),
    confirm: (genre: string, count: number): string =>
      genre === '' ? 'Name a genre' : `${genre} for ${formatPlural(count, 'track')}`,
    cancel: 'Cancel',
    close: 'Close',
  },
  insight: {
    parts: 'Parts of Insight',
    tabs: {
      own: 'Own tags and heard',
      heard: 'What was heard',
      reliability: 'Your decisions',
      changes: 'Change of model',
      map: 'Map',
    },
    counting: 'Counting…',
    tools: {
      group: (name: string): string => `${name}: as a table, and saving it`,
      table: 'As a table',
      png: 'Save the picture (PNG)',
      csv: 'Save the numbers (CSV)',
    },
    matrix: {
      label: 'What the cells show',
      counts: 'Tracks',
      shares: 'Share of row',
      total: 'Total',
      cell: (rowHead: string, row: string | null, columnHead: string, column: string | null): string =>
        [row === null ? null : `${rowHead} ${row}`, column === null ? null : `${columnHead} ${column}`]
          .filter((part) => part !== null)
          .join(', ') || 'All of them',
      keys: (tracks: string): string =>
        `${tracks} tracks. The arrow keys go from cell to cell, Enter shows the tracks of a cell.`,
    },
    own: {
      title: 'Own genre and heard',
      rowHead: 'Own',
      columnHead: 'heard',
      says: ({ agree, disagree }: { agree: number; disagree: number }): string =>
        agree + disagree === 0
          ? 'No track that was heard has a genre of its own to compare with.'
          : `Of ${formatPlural(agree + disagree, 'track')} with a genre of their own and a sure verdict, ${formatCount(agree)} (${formatShare(agree / (agree + disagree))}) say what was heard, and ${formatCount(disagree)} something else.`,
      nothing: 'Nothing has been heard yet. Scan your folders; then your own genres are set against what was heard.',
      note: 'A track with several genres is counted once, under the one that agrees with what was heard if there is one. Genres that the model does not know follow below. The darker a cell, the more of its row.',
      left: ({ notHeard, notMusic }: { notHeard: number; notMusic: number }): string =>
        notHeard + notMusic === 0
          ? 'No track is left out.'
          : `Left out: ${formatPlural(notHeard, 'track')} not heard by this model, and ${formatCount(notMusic)} that ${notMusic === 1 ? 'is' : 'are'} no music.`,
    },
    picked: {
      pane: 'Tracks picked',
      close: 'Close the list',
      count: (tracks: number, waiting: number | null): string =>
        waiting === null
          ? formatPlural(tracks, 'track')
          : `${formatPlural(tracks, 'track')}, ${waiting === tracks ? 'all' : formatCount(waiting)} waiting for your decision`,
      more: (shown: number): string => `The ${formatCount(shown)} surest. The library shows all of them.`,
      group: 'Decide about all that wait',
      accept: (waiting: string): string => `Accept what was heard in ${waiting}`,
      skip: 'Skip all',
      library: 'One by one, in the library',
      undo: 'Undo',
    },
    heard: {
      title: 'What was heard',
      nothing: 'Nothing has been heard yet. Scan your folders to see what is in them.',
      says: ({ genre }: { genre: { heard: number; unsure: number } }): string =>
        `${formatPlural(genre.heard, 'track')} of music. In ${formatCount(genre.heard - genre.unsure)} (${formatShare((genre.heard - genre.unsure) / genre.heard)}) a genre is named, in the others the model is not sure enough.`,
      by: 'How the bars are counted',
      byShare: 'By share',
      byTrack: 'By track',
      byShareNote:
        'Each bar is the mean of the tracks’ own histograms: a track that is half rock and half pop counts half for each. Beside it are the tracks with that verdict.',
      byTrackNote: 'Each track counts whole for its verdict; where the model is not sure, for none.',
      genre: 'Genre',
      mood: 'Mood',
      share: 'share',
      tracks: 'tracks',
      unsure: 'Not sure',
      sure: 'Sure',
      confidence: 'How sure the genre is',
      confidenceNote: 'hatched: mostly not named',
      wide: 'More genres',
      wideNote: (tracks: string): string => `named in, of ${tracks} tracks`,
      heardAs: (name: string): string => `Heard ${name}`,
    },
    reliability: {
      title: 'How often you kept what was heard',
      few: (judged: number, fewest: number): string =>
        judged === 0
          ? `You have not yet accepted or changed a genre that this model named. From ${formatCount(fewest)} decisions on, this shows how often you keep what it says.`
          : `You have accepted or changed ${formatCount(judged)} so far. That is too few to say how far the model can be trusted: a chart is drawn from ${formatCount(fewest)} on.`,
      kept: (judged: number, kept: number): string =>
        `Of ${formatCount(judged)} genres that you decided on, you kept ${formatCount(kept)} (${formatShare(kept / judged)}).`,
      sure: (judged: number, kept: number, from: string): string =>
        `Of ${formatCount(judged)} decided at ${from} sure or over, ${formatCount(kept)} were kept.`,
      note: 'A dot on the dashed line: kept as often as the model says. Above it, the model is more modest than need be; below it, too sure. The upright strokes are 95% intervals: the longer, the less can be said. What you accept without listening counts as kept too.',
      leftOut: (skipped: number, left: number): string =>
        `Not counted: ${formatCount(skipped)} skipped, and ${formatCount(left)} decided without a genre of this model.`,
      confidence: 'How sure the model was',
      mean: 'Mean',
      decided: 'Decided',
      keptHead: 'Kept',
      keptShare: 'Share kept',
      skipped: 'Skipped',
    },
    map: {
      title: 'Map of the library',
      reading: (read: number): string =>
        read === 0 ? 'Reading what was heard…' : `Reading what was heard: ${formatPlural(read, 'track')} so far…`,
      nothing:
        'No track has what a map is drawn from. Scan your folders; a model without a “likeness” output gives none.',
      saysPca: (tracks: number, share: string): string =>
        `${formatPlural(tracks, 'track')}. Those that the model hears alike lie near each other; the two directions hold ${share} of all differences.`,
      saysUmap: (shown: number, all: number): string =>
        shown < all
          ? `A sample of ${formatCount(shown)} of ${formatPlural(all, 'track')}, laid out by who is near whom; distances between far groups mean little.`
          : `${formatPlural(shown, 'track')}, laid out by who is near whom; distances between far groups mean little.`,
      note: 'Drag to move, or choose Select and draw a line around tracks. The wheel, + and − zoom, the arrow keys move, Enter takes what is in the frame, 0 shows all. Drawn when first opened; Draw anew takes in what was heard since.',
      again: 'Draw anew',
      kind: 'How the map is laid out',
      drag: 'What dragging does',
      move: 'Move',
      select: 'Select',
      selection: 'Selected on the map',
      heard: (name: string): string => `Heard ${name}`,
      unsure: 'Not sure',
      umapWorks: (share: string): string => `Laying out by UMAP: ${share}. The rest of the window goes on meanwhile.`,
      cancel: 'Cancel',
      legend: 'Genres on the map',
      label: (tracks: number): string => `Map of ${formatPlural(tracks, 'track')}`,
      keys: 'The arrow keys move the map under a frame, plus and minus zoom, Enter selects the tracks in the frame',
      zoomIn: 'Zoom in',
      zoomOut: 'Zoom out',
      all: 'All',
      genre: 'Genre',
      tracks: 'Tracks',
      x: 'Middle, x',
      y: 'Middle, y',
      spread: 'Spread',
    },
    changes: {
      title: 'What the change of model changed',
      rowHead: 'Former',
      columnHead: 'now',
      nothing:
        'No track has been heard by two models. After a change of model and a scan, what the new one hears otherwise is shown here.',
      none: (compared: number, model: string): string =>
        `${model} says of all ${formatPlural(compared, 'track')} that the former model had heard the same.`,
      says: ({ changed, compared, model }: { changed: number; compared: number; model: string }): string =>
        `${model} says something else of ${formatCount(changed)} of ${formatPlural(compared, 'track')} (${formatShare(changed / compared)}) that another model or version had heard before.`,
      note: 'Tracks whose genre changed, by the former one and the present one, sure or not.',
      first: (shown: number): string => `Counted in the first ${formatCount(shown)} changes.`,
      moods: (tracks: number): string => `Other mood: ${formatCount(tracks)}`,
      moodLabel: 'Mood changed',
      all: (tracks: number): string => `All changes: ${formatCount(tracks)}`,
      allLabel: 'Heard otherwise than before',
      was: (former: string): string => `was ${former}`,
    },
  },
  player: {
    name: 'Player',
    play: 'Play',
    pause: 'Pause',
    idle: 'Play a track',
    position: (title: string): string => `Position in ${title}`,
    at: (position: string, duration: string): string => `${position} of ${duration}`,
    by: (title: string, artist: string | null): string => (artist === null ? title : `${title} · ${artist}`),
    mute: 'Mute',
    unmute: 'Sound on',
    volume: 'Volume',
    loading: 'Opening…',
    failed: 'Can’t be heard',
    windows: 'Windows',
    of: (label: string, at: number, count: number): string => `${label} ${formatCount(at)} of ${formatCount(count)}`,
    window: (at: number, count: number): string => `Window ${formatCount(at)} of ${formatCount(count)}`,
    previous: 'Previous window',
    next: 'Next window',
    loop: 'Hear this window again and again',
    playOn: 'Play on past this window',
    hear: (label: string, windows: number): string => `Hear ${label}: ${formatPlural(windows, 'window')}`,
    hearHelp: 'Hear its windows, the surest first',
    along: 'Press Enter to hear the window, again and again; plus and minus to look closer',
    noEvidence: 'No window to hear: this track has not been listened to yet.',
    brokeOff: 'The audio broke off. Play it again; if it goes on, look whether the drive and the file are sound.',
  },
  progress: {
    scan: 'Scanning',
    analyze: 'Listening',
    refine: 'Listening in full',
    quick: 'Quick look at',
    then: 'then in full',
    write: 'Writing',
    undo: 'Undoing',
    paused: 'Paused at',
    held: 'Waiting at',
    heldBy: (reason: string): string => `${reason}; goes on by itself`,
    announce: (kind: string, share: number): string => `${kind}: ${formatShare(share)} done`,
    ended: (kind: string): string => `${kind} finished`,
  },
  native: {
    title: (percent: number): string => `${percent} % · Genregram`,
  },
} as const;
