import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder under the system's temporary one, in its true spelling; removed by `cleanUp`. */
export function temporaryFolder(): { path: string; cleanUp: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-test-')));
  return {
    path,
    cleanUp: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
