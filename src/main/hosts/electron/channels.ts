/** Names of the messages between the pages' preloads and the main process. What carries no data is refused with any. */
export const CHANNELS = {
  /** window -> main, answered with the chosen paths */
  pickFolders: 'genregram:pick-folders',
  /** window -> main, with what is wanted, answered with the chosen path or null */
  pickOne: 'genregram:pick-one',
  /** window -> main */
  requestPort: 'genregram:request-port',
  /** window -> main, with a share of 0..1 or null */
  progress: 'genregram:progress',
  /** window -> main, with title and body */
  notify: 'genregram:notify',
  /** window -> main, with ids of tracks */
  dragOut: 'genregram:drag-out',
  /** main -> window, with a `MenuCommand` */
  command: 'genregram:command',
  /** main -> window, with the port to the backend */
  port: 'genregram:port',
  /** main -> window, with a `Failure` */
  failed: 'genregram:failed',
  /** main -> the page that decodes, with the port to the analysis process */
  decode: 'genregram:decode',
} as const;
