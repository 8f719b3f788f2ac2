import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import { START_PAGE } from './renderer-files';
import { loadWindowState, saveWindowState } from './window-state';

/** A page that dies twice within this time (milliseconds) is not reloaded again unasked. */
const CRASH_LOOP_MS = 10_000;

/** Opens the app's window where it was last, hidden until its first picture is there. */
export function openWindow(programs: string): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json');
  const saved = loadWindowState(
    stateFile,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...(saved?.bounds ?? { width: 1360, height: 860 }),
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Genregram',
    // macOS and Windows take it from the program itself.
    ...(process.platform === 'linux' ? { icon: join(programs, '..', '..', 'build', 'icon.png') } : {}),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload: join(programs, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      // Chromium would fetch dictionaries from the network for it.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (saved?.maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    saveWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  recoverFromTrouble(window);
  void window.loadURL(START_PAGE).catch(() => undefined);
  return window;
}

function recoverFromTrouble(window: BrowserWindow): void {
  let lastCrash = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = Date.now();
    const loop = now - lastCrash < CRASH_LOOP_MS;
    lastCrash = now;
    if (!loop) window.webContents.reload();
    else
      dialog.showErrorBox(
        'Genregram’s window stopped',
        `The window’s process ended twice in a row (${reason}). Your library and files are safe. Quit Genregram and start it again.`,
      );
  });
  window.webContents.on('did-fail-load', (_event, _code, description, _url, isMainFrame) => {
    if (!isMainFrame) return;
    dialog.showErrorBox(
      'Genregram’s window can’t be shown',
      `Genregram’s own files could not be loaded (${description}). Install it again, or run “npm run build” in a checkout.`,
    );
    app.exit(3);
  });
}
