/**
 * What the Electron preload puts on `window.genregram`, and the only thing of Electron that the window sees. In a browser it is
 * absent and the window speaks over a WebSocket instead.
 *
 * The channel to the backend comes as a `message` event on the window with data `{ type: 'genregram-port' }` and the
 * MessagePort as `event.ports[0]`: once after `requestPort()`, and again whenever the backend has been restarted.
 */
export interface PreloadApi {
  /** `process.platform`. */
  readonly platform: string;
  /** The system's folder dialog; the chosen absolute paths, none if it was cancelled. */
  pickFolders(): Promise<string[]>;
  /** The system's dialog for one folder, or one table of labels: its absolute path, null if it was cancelled. */
  pickOne(what: PickedKind): Promise<string | null>;
  /** Absolute path of a dropped DOM `File` (typed loosely as this folder has no DOM); empty if it has none. */
  pathForFile(file: object): string;
  /** Asks for a (new) port to the backend; it arrives as the message described above. */
  requestPort(): void;
  /** How far the work at hand is, 0..1, for the system's task bar; null: nothing is being done. */
  showProgress(share: number | null): void;
  /** A notification of the system, where the window is not in front. */
  notify(title: string, body: string): void;
  /** Lets the files of tracks be dragged out of the window; to be called while a drag starts. */
  dragOut(trackIds: readonly number[]): void;
}

export const PICKED_KINDS = ['folder', 'table'] as const;
export type PickedKind = (typeof PICKED_KINDS)[number];

/** So many files can be dragged out of the window at once. */
export const DRAGGED_AT_MOST = 500;

/** What the native menu can ask a window for; it comes as a `message` event with data `{ type: COMMAND_MESSAGE, command }`. */
export const MENU_COMMANDS = [
  'addFolders',
  'scan',
  'filter',
  'library',
  'review',
  'write',
  'playlists',
  'insight',
  'evaluate',
  'failures',
  'genres',
  'models',
  'listening',
  'writing',
  'help',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

export const COMMAND_MESSAGE = 'genregram-command';

/** Data of the window's `message` event that brings a port. */
export const PORT_MESSAGE = 'genregram-port';

/**
 * Data type of the window's `message` event that says why there is no backend (the library is locked, newer, damaged, …), with
 * the `Failure` as `failure`. `requestPort()` tries again.
 */
export const FAILED_MESSAGE = 'genregram-failed';
