import type { Failure } from '#shared/domain/failure';
import type { TagWriter } from '../ports';

/** What every write is refused with in a library that never touches files. */
export const WRITING_OFF: Failure = {
  code: 'writing-off',
  message:
    'This library never touches files (setting neverTouchFiles). Turn that off in the menu of the window, under "Writing…", or with "genregram settings set neverTouchFiles off"; "genregram tag --sidecar" writes what was decided into files of its own.',
};

/**
 * A writer that refuses all that would write into a file as long as `isOff` says so: plans too, so that it is known beforehand. What a
 * killed write left half-way is put right all the same: leaving it would be the change.
 */
export function untouching(writer: TagWriter, isOff: () => boolean): TagWriter {
  const refused = (path: string) => (isOff() ? ({ path, status: 'refused', ...WRITING_OFF } as const) : null);
  return {
    plan: async (path, change, options) => refused(path) ?? writer.plan(path, change, options),
    apply: async (plan, journal) => refused(plan.path) ?? writer.apply(plan, journal),
    undo: async (path, entry, journal) => refused(path) ?? writer.undo(path, entry, journal),
    async planBack(path, written, options) {
      const plan = refused(path);
      return plan ? { plan, left: [] } : writer.planBack(path, written, options);
    },
    fileHash: (path) => writer.fileHash(path),
    audioHash: (path) => writer.audioHash(path),
    recover: (path, entry) => writer.recover(path, entry),
    sweep: (folder) => writer.sweep(folder),
  };
}
