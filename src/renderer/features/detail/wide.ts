import { isNamed, type WideGenre } from '#shared/domain/analysis';

/** Labels under their mark that are shown besides the named ones, so that one sees what came close. */
const NEXT = 3;

/** The wide genres worth a line: those that are named, and the next ones after them; they come sorted that way. */
export function nearestWide(wide: readonly WideGenre[]): readonly WideGenre[] {
  return wide.slice(0, wide.filter(isNamed).length + NEXT);
}
