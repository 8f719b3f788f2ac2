import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/contract/preload-api';
import { CHANNELS } from './channels';

/** An item that asks the window in front for something. */
const ask = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
  label,
  id: command,
  ...(accelerator ? { accelerator } : {}),
  click: () => {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    window?.webContents.send(CHANNELS.command, command);
  },
});

const VIEWS = ['library', 'review', 'write', 'playlists', 'insight', 'evaluate', 'failures'] as const;
const VIEW_LABELS: Readonly<Record<(typeof VIEWS)[number], string>> = {
  library: 'Library',
  review: 'Review',
  write: 'Write',
  playlists: 'Playlists',
  insight: 'Insight',
  evaluate: 'Evaluate',
  failures: 'Failures',
};

/** The native menu: what the window offers, and the system's own roles, so that copy, paste, zoom and window handling work as everywhere. */
export function setMenu(): void {
  const developer: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      role: 'fileMenu',
      submenu: [
        ask('Add Folders…', 'addFolders', 'CmdOrCtrl+O'),
        ask('Scan All Folders', 'scan', 'CmdOrCtrl+Shift+S'),
        { type: 'separator' },
        ask('Listening…', 'listening', 'CmdOrCtrl+,'),
        ask('Writing…', 'writing'),
        ask('Genres…', 'genres'),
        ask('Models…', 'models'),
        { type: 'separator' },
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        ...VIEWS.map((view, i) => ask(VIEW_LABELS[view], view, `CmdOrCtrl+${i + 1}`)),
        { type: 'separator' },
        ask('Filter Tracks', 'filter', 'CmdOrCtrl+F'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [ask('Keyboard Shortcuts', 'help', 'F1'), { role: 'about' }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
