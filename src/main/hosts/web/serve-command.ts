import type { Command } from 'commander';
import { EXIT } from '../shared/exit';
import type { BackendOptions } from '../shared/open-backend';
import { addBackendOptions, backendOptionsOf, parsePort } from '../shared/options';
import { serveApp, untilSignalled } from './serve';

interface ServeFlags extends BackendOptions {
  readonly port: number;
  readonly json?: boolean;
}

/**
 * Gives a command the work of `serve`: the window in a browser, until Ctrl+C.
 *
 * @param programFolder `__dirname` of the running bundle
 */
export function addServe(command: Command, programFolder: string): Command {
  return addBackendOptions(command)
    .description('serve the window to a browser on this machine')
    .option('--port <n>', 'the port to listen on (default: any free one)', parsePort, 0)
    .option('--provider <name>', 'auto, cpu, webgpu, …: what does the inference (default: as the settings say)')
    .option('--json', 'print {"url","port"} as JSON')
    .action(async (flags: ServeFlags) => {
      const signalled = untilSignalled();
      // For a developer's restarts: a page that is open keeps its access.
      const token = process.env['GENREGRAM_TOKEN'];
      const server = await serveApp(programFolder, {
        ...backendOptionsOf(flags),
        port: flags.port,
        ...(token !== undefined && token.length >= 32 ? { token } : {}),
      });
      const { url, port } = server;
      console.log(flags.json ? JSON.stringify({ url, port }) : `Genregram is at ${url}  (Ctrl+C ends it)`);
      await signalled;
      await server.close();
      process.exitCode = EXIT.done;
    });
}
