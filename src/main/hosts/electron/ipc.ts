import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  nativeImage,
  Notification,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type OpenDialogOptions,
} from 'electron';
import { z } from 'zod';
import { TABLE_EXTENSIONS } from '#shared/contract/evaluation';
import { DRAGGED_AT_MOST, PICKED_KINDS, type PickedKind } from '#shared/contract/preload-api';
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

  ipcMain.handle(CHANNELS.pickOne, async (event, ...data: unknown[]) => {
    const wanted = pickSchema.safeParse(data);
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!isOurPage(event) || !wanted.success || !window) throw new Error('refused');
    const { canceled, filePaths } = await dialog.showOpenDialog(window, PICKERS[wanted.data[0]]);
    return canceled ? null : (filePaths[0] ?? null);
  });

  listen(CHANNELS.requestPort, nothingSchema, ({ sender }) => {
    backend.connect(sender);
  });
  listen(CHANNELS.progress, progressSchema, ({ sender }, [share]) => {
    // Electron takes -1 for none.
    BrowserWindow.fromWebContents(sender)?.setProgressBar(share ?? -1);
  });
  listen(CHANNELS.notify, notifySchema, ({ sender }, [title, body]) => {
    const window = BrowserWindow.fromWebContents(sender);
    if (window && !window.isFocused()) notify(window, title, body);
  });
  listen(CHANNELS.dragOut, dragSchema, ({ sender }, [trackIds]) => {
    void dragOut(sender, backend.paths(trackIds));
  });
}

const pickSchema = z.tuple([z.enum(PICKED_KINDS)]);
const PICKERS: Readonly<Record<PickedKind, OpenDialogOptions>> = {
  folder: { title: 'Choose a folder', buttonLabel: 'Choose', properties: ['openDirectory'] },
  table: {
    title: 'Choose a table of labels',
    buttonLabel: 'Choose',
    properties: ['openFile'],
    filters: [
      { name: 'Tables (CSV)', extensions: [...TABLE_EXTENSIONS] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
};

const nothingSchema = z.tuple([]);
const progressSchema = z.tuple([z.number().min(0).max(1).nullable()]);
const notifySchema = z.tuple([z.string().max(200), z.string().max(1000)]);
const dragSchema = z.tuple([z.array(z.number().int()).min(1).max(DRAGGED_AT_MOST)]);

/** Hears a message whose data are of this form; any other is dropped. */
function listen<T>(channel: string, form: z.ZodType<T>, hear: (event: IpcMainEvent, data: T) => void): void {
  ipcMain.on(channel, (event, ...data: unknown[]) => {
    const parsed = form.safeParse(data);
    if (isOurPage(event) && parsed.success) hear(event, parsed.data);
  });
}

function notify(window: BrowserWindow, title: string, body: string): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body, silent: true });
  notification.on('click', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  notification.show();
}

async function dragOut(sender: IpcMainEvent['sender'], paths: Promise<string[]>): Promise<void> {
  const [file, ...others] = await paths;
  if (file === undefined || sender.isDestroyed()) return;
  const icon = await app.getFileIcon(file).catch(() => nativeImage.createEmpty());
  sender.startDrag({ file, files: [file, ...others], icon });
}

function isOurPage(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
}
