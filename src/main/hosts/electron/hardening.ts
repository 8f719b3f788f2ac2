import { app, type CommandLine, type OnBeforeRequestListenerDetails, type Session } from 'electron';
import { AUDIO_SCHEME } from '#shared/contract/audio';
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

/**
 * The app needs no network: every request for anything but the window's own files, and where there is `audio` for what the window plays,
 * is refused, and every permission denied.
 */
export function closeSession(session: Session, { devTools, audio }: { devTools: boolean; audio: boolean }): void {
  const schemes = [`${APP_SCHEME}:`, 'data:', 'blob:', ...(devTools ? ['devtools:'] : [])];
  session.webRequest.onBeforeRequest((request, answer) => {
    const isOurs = schemes.some((scheme) => request.url.startsWith(scheme)) || (audio && isPlayedByUs(request));
    answer({ cancel: !isOurs });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    // What a window hands over itself may be saved; where to, the system's dialog asks.
    if (!item.getURL().startsWith(`blob:${APP_ORIGIN}/`)) event.preventDefault();
  });
}

/** Audio is for the audio element of our own page: not for a script to read, nor for another page. */
const isPlayedByUs = ({ url, resourceType, frame }: OnBeforeRequestListenerDetails): boolean =>
  url.startsWith(`${AUDIO_SCHEME}:`) && resourceType === 'media' && (frame?.url.startsWith(`${APP_ORIGIN}/`) ?? false);

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
