/** Names of the messages between the window's preload and the main process. Requests carry no data. */
export const CHANNELS = {
  /** window -> main, answered with the chosen paths */
  pickFolders: 'genregram:pick-folders',
  /** window -> main */
  requestPort: 'genregram:request-port',
  /** main -> window, with the port to the backend */
  port: 'genregram:port',
  /** main -> window, with a `Failure` */
  failed: 'genregram:failed',
} as const;
