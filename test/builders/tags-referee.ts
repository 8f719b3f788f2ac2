import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pythonWithMutagen, repositoryRoot, sharedFolder } from './requirements';

export interface RefereeJob {
  readonly before: string;
  readonly after: string;
  /** Custom fields that the write was meant to change. */
  readonly fields: readonly string[];
}

export interface RefereeAnswer {
  readonly differences: readonly string[];
  /** Why the referee itself could not read one of the files. */
  readonly error: string | null;
}

const refereeFolder = join(sharedFolder, 'tools/tag-referee');
const python = (): string => pythonWithMutagen() ?? 'python3';

/** Builds the referee's fixture files in a folder; takes a few seconds. */
export function buildFixtures(folder: string): void {
  execFileSync(python(), [join(refereeFolder, 'fixtures.py'), folder], { stdio: 'ignore', timeout: 110_000 });
}

/** Asks the referee about each pair of files. */
export function askReferee(jobs: readonly RefereeJob[]): RefereeAnswer[] {
  const output = execFileSync(python(), [join(repositoryRoot, 'test/builders/referee_batch.py'), refereeFolder], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return JSON.parse(output) as RefereeAnswer[];
}
