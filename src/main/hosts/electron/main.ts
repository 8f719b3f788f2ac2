import { app, BrowserWindow, powerMonitor, session } from 'electron';
import { join } from 'node:path';
import { appPaths } from '../shared/paths';
import { AnalysisProcesses } from './analysis-processes';
import { libraryArgument } from './arguments';
import { BackendSupervisor } from './backend-supervisor';
import { closeSession, refuseNavigation, silenceChromium } from './hardening';
import { listenToWindows } from './ipc';
import { setMenu } from './menu';
import { serveAudio } from './audio-protocol';
import { declareSchemes, serveRenderer } from './renderer-protocol';
import { openWindow } from './window';

/** Electron's main process: opens the window, keeps the backend running, and does nothing itself that could block. */
app.setName('Genregram');
app.setPath('userData', join(app.getPath('appData'), 'Genregram'));
app.setAppUserModelId('app.genregram.desktop');

if (app.requestSingleInstanceLock()) run();
else app.quit();

function run(): void {
  declareSchemes();
  silenceChromium(app.commandLine);
  refuseNavigation();

  const paths = appPaths(__dirname, app.isPackaged ? process.resourcesPath : undefined);
  const env = { ...process.env, ORT_DISABLE_TELEMETRY: '1' };
  const backend = new BackendSupervisor(
    join(paths.programs, 'electron-backend.cjs'),
    {
      libraryPath: libraryArgument(process.argv, process.env) ?? paths.defaultLibrary,
      modelFolders: [...paths.modelFolders],
      userModels: paths.userModels,
    },
    env,
    new AnalysisProcesses(join(paths.programs, 'analysis.cjs'), env, join(paths.programs, 'decode-preload.cjs')),
  );

  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (app.isReady() && BrowserWindow.getAllWindows().length === 0) openWindow(paths.programs);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeBackendBeforeQuit(backend);

  void app.whenReady().then(() => {
    closeSession(session.defaultSession, { devTools: !app.isPackaged, audio: true });
    serveRenderer(session.defaultSession, paths.renderer);
    serveAudio(session.defaultSession, (request) => backend.audio(request));
    setMenu();
    listenToWindows(backend);
    backend.start();
    for (const change of ['on-battery', 'on-ac'] as const)
      powerMonitor.on(change as 'on-ac', () => {
        backend.tellPower();
      });
    openWindow(paths.programs);
  });
}

/** The library is closed in order before the app goes; Electron would otherwise end its child processes at once. */
function closeBackendBeforeQuit(backend: BackendSupervisor): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void backend.close().finally(() => {
      closed = true;
      // Not from within this event: a quit asked for while one is being refused is lost.
      setImmediate(() => {
        app.quit();
      });
    });
  });
}
