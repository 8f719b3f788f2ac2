import { formatCount, formatPlural, formatShare } from '../ui/format';

/** What is said of the library as a whole. */
export const insight = {
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
        : `Left out: ${formatPlural(notHeard, 'track')} of which this model heard no genre, and ${formatCount(notMusic)} that ${notMusic === 1 ? 'is' : 'are'} no music.`,
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
      `${formatPlural(genre.heard, 'track')} of music. In ${formatCount(genre.heard - genre.unsure)} (${formatShare((genre.heard - genre.unsure) / genre.heard)}) a genre is named, in the others the model is not sure enough, or hears one that is none of its own.`,
    by: 'How the bars are counted',
    byShare: 'By share',
    byTrack: 'By track',
    byShareNote:
      'Each bar is the mean of the tracks’ own histograms: a track that is half rock and half pop counts half for each. Beside it are the tracks with that verdict.',
    byTrackNote: 'Each track counts whole for its verdict; where the model names none, for none.',
    genre: 'Genre',
    mood: 'Mood',
    share: 'share',
    tracks: 'tracks',
    unsure: 'None named',
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
    unsure: 'None named',
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
} as const;
