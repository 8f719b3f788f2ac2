import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { FilePlan, PlannedFile, TagChange } from '../../src/shared/domain/tags';
import { createTagWriter, type TagWriterOptions } from '../../src/main/adapters/tags/index';
import type { UndoEntry, WriteJournal } from '../../src/main/ports';

/** A folder of its own for each test, gone after it. */
export function temporaryFiles(): { file(name: string, content: Uint8Array): string; path(name: string): string } {
  let folder: string | null = null;
  afterEach(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
    folder = null;
  });
  const path = (name: string): string => {
    folder ??= mkdtempSync(join(tmpdir(), 'genregram-tags-'));
    return join(folder, name);
  };
  return {
    path,
    file(name, content) {
      writeFileSync(path(name), content);
      return path(name);
    },
  };
}

/** A journal in memory that remembers what it was told. */
export class MemoryJournal implements WriteJournal {
  readonly entries = new Map<string, UndoEntry>();

  begin(path: string, entry: UndoEntry): void {
    this.entries.set(path, entry);
  }

  entry(path: string): UndoEntry {
    const found = this.entries.get(path);
    if (!found) throw new Error(`nothing was journalled for ${path}`);
    return found;
  }
}

export function ready(plan: PlannedFile): FilePlan {
  if (plan.status !== 'ready') throw new Error(`the plan is ${JSON.stringify(plan)}`);
  return plan;
}

/** Plans and applies a change; gives the new bytes and a function that undoes it and gives the bytes then. */
export async function write(path: string, change: TagChange, options: TagWriterOptions = {}) {
  const writer = createTagWriter(options);
  const journal = new MemoryJournal();
  const plan = ready(await writer.plan(path, change));
  const result = await writer.apply(plan, journal);
  if (result.status !== 'written') throw new Error(`not written: ${JSON.stringify(result)}`);
  return {
    plan,
    result,
    entry: journal.entry(path),
    bytes: new Uint8Array(readFileSync(path)),
    undo: async (): Promise<Uint8Array> => {
      const undone = await writer.undo(path, journal.entry(path));
      if (undone.status !== 'restored') throw new Error(`not undone: ${JSON.stringify(undone)}`);
      return new Uint8Array(readFileSync(path));
    },
  };
}
