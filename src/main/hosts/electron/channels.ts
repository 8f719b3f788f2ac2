/** Names of the messages between the pages' preloads and the main process. Requests carry no data. */
export const CHANNELS = {
  /** window -> main, answered with the chosen paths */
  pickFolders: 'genregram:pick-folders',
  /** window -> main */
  requestPort: 'genregram:request-port',
  /** main -> window, with the port to the backend */
  port: 'genregram:port',
  /** main -> window, with a `Failure` */
  failed: 'genregram:failed',
  /** main -> the page that decodes, with the port to the analysis process */
  decode: 'genregram:decode',
} as const;
