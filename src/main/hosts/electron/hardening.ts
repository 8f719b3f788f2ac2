import { app, type CommandLine, type Session } from 'electron';
import { APP_ORIGIN, APP_SCHEME } from './renderer-files';

/** Chromium's own background traffic, switched off; names can't be resolved at all, so nothing can be reached by name. */
export function silenceChromium(commandLine: CommandLine): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
    'dns-prefetch-disable',
    'no-pings',
    'no-first-run',
  ])
    commandLine.appendSwitch(name);
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** The app needs no network: every request for anything but the window's own files is refused, and every permission denied. */
export function closeSession(session: Session, devTools: boolean): void {
  const schemes = [`${APP_SCHEME}:`, 'data:', 'blob:', ...(devTools ? ['devtools:'] : [])];
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !schemes.some((scheme) => url.startsWith(scheme)) });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}

/** No page of ours leads elsewhere: no navigation, no second window, no embedded page. */
export function refuseNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void }, url: string): void => {
      if (!url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault();
    };
    contents.on('will-navigate', (event) => {
      stay(event, event.url);
    });
    contents.on('will-redirect', (event) => {
      stay(event, event.url);
    });
    contents.on('will-frame-navigate', (event) => {
      stay(event, event.url);
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
