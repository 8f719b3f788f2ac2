import { MessageChannelMain, session, WebContentsView, type MessagePortMain, type Session } from 'electron';
import { CHANNELS } from './channels';
import { closeSession } from './hardening';
import { APP_ORIGIN, APP_SCHEME } from './renderer-files';

/** In memory only: nothing of it stays. */
const PARTITION = 'decoder';

/**
 * A page that nobody sees, for Chromium's audio decoders: sandboxed, without network, and empty. All it can do is in `decode-preload`.
 * It belongs to no window, so that it neither keeps the app open nor counts as a window.
 */
export class DecodeWindow {
  private view: WebContentsView | null = null;

  /** @param preload full path of the program `decode-preload` */
  constructor(private readonly preload: string) {}

  /** Opens it, anew if it is open; gives the way to it, which closes when it is gone. */
  async open(): Promise<MessagePortMain> {
    this.end();
    const view = new WebContentsView({
      webPreferences: {
        preload: this.preload,
        session: decoderSession(),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        navigateOnDragDrop: false,
        spellcheck: false,
        backgroundThrottling: false,
      },
    });
    this.view = view;
    await loaded(view);
    const { port1, port2 } = new MessageChannelMain();
    view.webContents.postMessage(CHANNELS.decode, null, [port2]);
    return port1;
  }

  /** Its process is ended at once: one that hangs in a decoder would not hear anything else. */
  end(): void {
    const { view } = this;
    this.view = null;
    if (!view || view.webContents.isDestroyed()) return;
    view.webContents.forcefullyCrashRenderer();
    view.webContents.close();
  }
}

/** Rejects if its process dies before the page is there. */
function loaded({ webContents }: WebContentsView): Promise<void> {
  return new Promise((resolve, reject) => {
    webContents.once('render-process-gone', (_event, { reason }) => reject(new Error(`the page is gone (${reason})`)));
    webContents.loadURL(`${APP_ORIGIN}/`).then(resolve, reject);
  });
}

function decoderSession(): Session {
  const own = session.fromPartition(PARTITION, { cache: false });
  if (own.protocol.isProtocolHandled(APP_SCHEME)) return own;
  closeSession(own, { devTools: false, audio: false });
  own.protocol.handle(
    APP_SCHEME,
    () =>
      new Response('<!doctype html><title>Decoder</title>', {
        headers: { 'Content-Type': 'text/html', 'Content-Security-Policy': "default-src 'none'" },
      }),
  );
  return own;
}
