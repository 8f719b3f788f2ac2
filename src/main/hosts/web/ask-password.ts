import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CodedError } from '#shared/domain/failure';

/**
 * Asks for a new password twice without showing it; from a pipe the first line is taken.
 *
 * @returns null where the two differ
 */
export async function askNewPassword(
  input: NodeJS.ReadableStream & { isTTY?: boolean },
  output: NodeJS.WritableStream,
): Promise<string | null> {
  if (!input.isTTY) return readLine(input, null);
  const ask = async (words: string): Promise<string> => {
    output.write(words);
    const line = await readLine(input, hidden());
    output.write('\n');
    return line;
  };
  const first = await ask('New password: ');
  return (await ask('Once more: ')) === first ? first : null;
}

/** A terminal that shows nothing of what is typed. */
const hidden = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** @throws CodedError `cancelled` at Ctrl+C, `invalid-input` where there is no line */
function readLine(input: NodeJS.ReadableStream, shown: Writable | null): Promise<string> {
  const lines = createInterface({ input, ...(shown ? { output: shown, terminal: true } : {}) });
  return new Promise((resolve, reject) => {
    let line: string | null = null;
    lines.once('line', (text) => {
      line = text;
      lines.close();
    });
    lines.once('SIGINT', () => {
      reject(new CodedError('cancelled', 'No password was stored.'));
      lines.close();
    });
    lines.once('close', () => {
      if (line !== null) resolve(line);
      else reject(new CodedError('invalid-input', 'No password came. Type one, or pipe it in as a line.'));
    });
  });
}
