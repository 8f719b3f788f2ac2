import { spawnSync } from 'node:child_process';
import { leftOut } from './requirements';

/** Python to run the models lab with: $GENREGRAM_PYTHON, else python3; null, named as left out, where it lacks one of the packages. */
export function pythonWith(packages: string): string | null {
  const python = process.env['GENREGRAM_PYTHON'] ?? 'python3';
  const tried = spawnSync(python, ['-c', `import ${packages}`], { stdio: 'ignore', timeout: 60_000 });
  if (tried.status === 0) return python;
  leftOut(`${python} lacks the parts in models/lab/requirements.txt (GENREGRAM_PYTHON names another Python)`);
  return null;
}
