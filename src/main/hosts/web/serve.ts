import { CodedError } from '#shared/domain/failure';
import { openBackend, type BackendOptions } from '../shared/open-backend';
import { appPaths } from '../shared/paths';
import type { ServeSettings } from './serve-options';
import { startWebServer, type WebServer, type WebServerOptions } from './server';

/**
 * Opens the library and serves the window to the browser until `close`.
 *
 * @param programFolder `__dirname` of the running bundle
 */
export async function serveApp(
  programFolder: string,
  options: BackendOptions,
  settings: ServeSettings,
): Promise<WebServer> {
  const { folders } = settings;
  const backend = await openBackend(programFolder, options, { refinesUnasked: true, ...(folders ? { folders } : {}) });
  try {
    const { host, allowHosts, publicUrl, password, proxies, token } = settings;
    const server = await startOnPort(settings, {
      ...{ host, allowHosts, publicUrl, password, proxies },
      ...(token === null ? {} : { token }),
      rendererFolder: appPaths(programFolder).renderer,
      attach: (transport) => {
        backend.attach(transport);
      },
      audio: (request) => backend.playback.respond(request),
      log: (line) => {
        console.error(line);
      },
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

/** On its own machine a second server may take any port; where it is called by address, only the one that was meant. */
async function startOnPort(
  { port, anyPort }: ServeSettings,
  options: Omit<WebServerOptions, 'port'>,
): Promise<WebServer> {
  try {
    return await startWebServer({ ...options, port });
  } catch (error) {
    if (!anyPort || !(error instanceof CodedError) || !isTaken(error)) throw error;
    return startWebServer({ ...options, port: 0 });
  }
}

const isTaken = ({ cause }: CodedError): boolean => (cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';

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
