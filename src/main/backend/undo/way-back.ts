import type { FieldDiff } from '#shared/domain/tags';
import { equalLists } from '../../core/tags/change';
import { composeSplices } from '../../core/tags/splices';
import type { UndoEntry } from '../../ports';
import type { JournalEntry } from '../../store';

/** A byte-exact way back: one change of bytes, and what it does to the fields. */
export interface WayBack {
  readonly entry: UndoEntry;
  readonly diffs: readonly FieldDiff[];
}

/**
 * The byte-exact way from a file's present state back to what it was before `taken`; `as-before` where it is so already, null
 * where the journal knows of none, because something else has changed the file.
 * @param known all that was in the file at some time, oldest first
 * @param taken the entries to take back, newest first
 * @param all may other entries be gone through on the way? Only where everything in effect is taken back.
 */
export function wayBack(
  known: readonly JournalEntry[],
  taken: readonly JournalEntry[],
  presentHash: string,
  all: boolean,
): WayBack | 'as-before' | null {
  for (const goal of all ? goals(known, taken) : taken) {
    const route = routeTo(all ? known : taken, presentHash, goal.undo.receipt.hashBefore);
    if (!route) continue;
    const entry = composed(route.map(({ undo }) => undo));
    if (entry) return { entry, diffs: backwards(route.map(({ diffs }) => diffs)) };
    if (route.length === 0) return 'as-before';
  }
  return null;
}

/** Writes before which nothing of `taken` was in the file, the earliest first. */
function goals(known: readonly JournalEntry[], taken: readonly JournalEntry[]): JournalEntry[] {
  const oldest = Math.min(...taken.map(({ id }) => id));
  return known.filter(({ id, kind }) => kind === 'write' && id <= oldest);
}

/** The shortest way through states of the file, each entry leading from what it left back to what it found. */
function routeTo(known: readonly JournalEntry[], from: string, to: string): JournalEntry[] | null {
  const routes = new Map<string, JournalEntry[]>([[from, []]]);
  for (const [state, route] of routes) {
    if (state === to) return route;
    for (const entry of known) {
      const { hashBefore, hashAfter } = entry.undo.receipt;
      if (hashAfter === state && !routes.has(hashBefore)) routes.set(hashBefore, [...route, entry]);
    }
  }
  return null;
}

/** Several ways back, one after the other, as one; null if there is none, or they don't go together. */
function composed([first, ...rest]: readonly UndoEntry[]): UndoEntry | null {
  return rest.reduce<UndoEntry | null>((whole, step) => whole && joined(whole, step), first ?? null);
}

/**
 * Two ways back as one. A file of its own that took a link's place gives way to the link only in the last step, and what was
 * written through a link is another file than the one in its place.
 */
function joined(whole: UndoEntry, step: UndoEntry): UndoEntry | null {
  const { method, target, sizeAfter, hashAfter } = whole.receipt;
  const isLink = step.receipt.method === 'own-file';
  if (method === 'own-file' || target !== (isLink ? undefined : step.receipt.target)) return null;
  // Also one step in place means that the file has other names, or is too large to be copied.
  const inPlace = !isLink && method === 'in-place' ? { method } : {};
  return {
    splices: composeSplices(sizeAfter, whole.splices, step.splices),
    receipt: { ...step.receipt, ...inPlace, sizeAfter, hashAfter },
    mtimeNs: step.mtimeNs,
  };
}

/** What going back does to the fields, from the first state to the last. */
function backwards(steps: readonly (readonly FieldDiff[])[]): FieldDiff[] {
  const fields = new Map<string, FieldDiff>();
  for (const { field, names, before, after } of steps.flat())
    fields.set(field, { field, names, before: fields.get(field)?.before ?? after, after: before });
  return [...fields.values()].filter(({ before, after }) => !equalLists(before, after));
}
