import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CodedError } from '#shared/domain/failure';
import { EXIT } from '../shared/exit';
import type { BackendOptions } from '../shared/open-backend';
import { addBackendOptions, backendOptionsOf, collect, parsePort } from '../shared/options';
import { askNewPassword } from './ask-password';
import { storePassword } from './password-file';
import { serveApp, untilSignalled } from './serve';
import { DEFAULT_PORT, readServeSettings, storedPasswordPath, type ServeFlags } from './serve-options';

type Flags = BackendOptions & ServeFlags & { readonly json?: boolean };

/**
 * Gives a command the work of `serve`: the window in a browser, until Ctrl+C.
 *
 * @param programFolder `__dirname` of the running bundle
 */
export function addServe(command: Command, programFolder: string): Command {
  addBackendOptions(command)
    .description('serve the window to a browser on this machine, or with a password to others')
    .option(
      '--port <n>',
      `the port to listen on (default: ${DEFAULT_PORT}, or where it is taken any free one)`,
      parsePort,
    )
    .option('--host <address>', 'the address to listen on; any other needs a password and --folder', '127.0.0.1')
    .option('--allow-host <name>', 'a further name by which browsers call it; may be given several times', collect)
    .option('--public-url <url>', 'where a reverse proxy offers it, such as https://music.example/genregram')
    .option(
      '--trust-proxy <address>',
      'a proxy whose X-Forwarded-For is believed for login limits; several times',
      collect,
    )
    .option('--password-file <file>', 'the file that "serve password" made; also $GENREGRAM_PASSWORD')
    .option('--folder <dir>', 'reach this folder and nothing else; may be given several times', collect)
    .option('--provider <name>', 'auto, cpu, webgpu, …: what does the inference (default: as the settings say)')
    .option('--json', 'print {"url","port"} as JSON')
    .action(async (flags: Flags) => {
      const signalled = untilSignalled();
      const settings = await readServeSettings(flags, process.env, programFolder);
      const server = await serveApp(programFolder, backendOptionsOf(flags), settings);
      const { url, port } = server;
      console.log(flags.json ? JSON.stringify({ url, port }) : `Genregram is at ${url}  (Ctrl+C ends it)`);
      if (settings.publicUrl?.protocol !== 'https:' && (settings.password ?? settings.publicUrl))
        console.error('What browsers send, the password too, can be read on the way. See docs/serve.md for HTTPS.');
      await signalled;
      await server.close();
      process.exitCode = EXIT.done;
    });
  command
    .command('password')
    .description('store the password for "serve", hashed; asked for twice, or read from a pipe')
    .argument('[file]', 'the file to keep it in (default: beside your own library)')
    .action(async (file: string | undefined) => {
      const path = resolve(file ?? storedPasswordPath(programFolder));
      const password = await askNewPassword(process.stdin, process.stderr);
      if (password === null)
        throw new CodedError('invalid-input', 'The two are not the same; nothing was stored. Try again.');
      await storePassword(path, password);
      console.log(`The password's hash is in ${path}. It counts from the next start of genregram serve.`);
    });
  return command;
}
