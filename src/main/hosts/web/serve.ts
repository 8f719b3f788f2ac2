import { openBackend, type BackendOptions } from '../shared/open-backend';
import { appPaths } from '../shared/paths';
import { startWebServer, type WebServer } from './server';

export interface ServeOptions extends BackendOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly token?: string;
}

/**
 * Opens the library and serves the window to the browser until `close`.
 *
 * @param programFolder `__dirname` of the running bundle
 */
export async function serveApp(programFolder: string, options: ServeOptions): Promise<WebServer> {
  const backend = await openBackend(programFolder, options, { refinesUnasked: true });
  try {
    const server = await startWebServer({
      port: options.port,
      rendererFolder: appPaths(programFolder).renderer,
      attach: (transport) => backend.attach(transport),
      audio: (request) => backend.playback.respond(request),
      ...(options.token === undefined ? {} : { token: options.token }),
    });
    return {
      ...server,
      async close() {
        await server.close();
        await backend.close();
      },
    };
  } catch (error) {
    await backend.close();
    throw error;
  }
}

/** Resolves at the first SIGINT or SIGTERM (Ctrl+C, a closed terminal); a second one ends the process at once. */
export function untilSignalled(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
  });
}
