import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Where the window was, in screen coordinates (device-independent pixels). */
const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
});
const windowStateSchema = z.object({ bounds: boundsSchema, maximized: z.boolean() });
export type WindowState = z.infer<typeof windowStateSchema>;
export type Rectangle = z.infer<typeof boundsSchema>;

/** At least so much of the title bar must lie on a screen for the window to be dragged back. */
const GRASP = 80;

/** The state saved last, or null if there is none that can be used (missing, damaged, on a screen that is gone). */
export function loadWindowState(file: string, screens: readonly Rectangle[]): WindowState | null {
  try {
    const parsed = windowStateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success && screens.some((screen) => within(parsed.data.bounds, screen)) ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Best effort: a window that forgets its place is no reason to bother anyone. */
export function saveWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // The folder is read-only or full; the window opens at its default place next time.
  }
}

function within(bounds: Rectangle, screen: Rectangle): boolean {
  return (
    bounds.x + bounds.width >= screen.x + GRASP &&
    bounds.x <= screen.x + screen.width - GRASP &&
    bounds.y >= screen.y &&
    bounds.y <= screen.y + screen.height - GRASP
  );
}
