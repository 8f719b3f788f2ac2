/** The dialog of how tags are written. */
export const writing = {
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
    parted: 'A file of its own since, apart from its other names; an undo puts the bytes back, but not the hard link.',
  },
} as const;
