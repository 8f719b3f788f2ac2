import { createContext, Script } from 'node:vm';

const script = new Script('work()');
const room = createContext({ work: (): void => undefined }) as { work: () => void };

/**
 * Runs work that may take for ever, such as matching a regular expression, and breaks it off after some milliseconds, in the middle of an
 * expression as well.
 *
 * @returns false if it was broken off
 */
export function withinTime(ms: number, work: () => void): boolean {
  try {
    room.work = work;
    script.runInContext(room, { timeout: ms });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
