import { BrowserWindow, dialog, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import type { BackendSupervisor } from './backend-supervisor';
import { CHANNELS } from './channels';
import { APP_ORIGIN } from './renderer-files';

/** Answers the preload. Whatever does not come from the main frame of our own page is dropped. */
export function listenToWindows(backend: BackendSupervisor): void {
  ipcMain.handle(CHANNELS.pickFolders, async (event, ...rest: unknown[]) => {
    if (!isOurPage(event) || rest.length > 0) throw new Error('refused');
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window) return [];
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: 'Add folders of music',
      buttonLabel: 'Add',
      properties: ['openDirectory', 'multiSelections'],
    });
    return canceled ? [] : filePaths;
  });

  ipcMain.on(CHANNELS.requestPort, (event, ...rest: unknown[]) => {
    if (isOurPage(event) && rest.length === 0) backend.connect(event.sender);
  });
}

function isOurPage(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
}
