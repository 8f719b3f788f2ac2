import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { COMMAND_MESSAGE, FAILED_MESSAGE, PORT_MESSAGE, type PreloadApi } from '#shared/contract/preload-api';
import { CHANNELS } from './channels';

/** Runs in the window's sandbox. Gives the page the few named things in `PreloadApi` and nothing of Electron itself. */
const api: PreloadApi = {
  platform: process.platform,
  pickFolders: () => ipcRenderer.invoke(CHANNELS.pickFolders) as Promise<string[]>,
  pickOne: (what) => ipcRenderer.invoke(CHANNELS.pickOne, what) as Promise<string | null>,
  pathForFile: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
  requestPort: () => {
    ipcRenderer.send(CHANNELS.requestPort);
  },
  showProgress: (share) => {
    ipcRenderer.send(CHANNELS.progress, share);
  },
  notify: (title, body) => {
    ipcRenderer.send(CHANNELS.notify, title, body);
  },
  dragOut: (trackIds) => {
    ipcRenderer.send(CHANNELS.dragOut, trackIds);
  },
};
contextBridge.exposeInMainWorld('genregram', api);

// A port can't go through the bridge, only by a message to the page itself.
ipcRenderer.on(CHANNELS.port, (event) => {
  window.postMessage({ type: PORT_MESSAGE }, window.location.origin, [...event.ports]);
});
ipcRenderer.on(CHANNELS.command, (_event, command: unknown) => {
  window.postMessage({ type: COMMAND_MESSAGE, command }, window.location.origin);
});
ipcRenderer.on(CHANNELS.failed, (_event, failure: unknown) => {
  window.postMessage({ type: FAILED_MESSAGE, failure }, window.location.origin);
});
