import type { DragEvent } from 'react';

let ours = false;

/** A drag of our own tracks is under way: dropped on the window itself they are nothing new. */
export const isDraggedOut = (): boolean => ours;

/** Whether tracks can be dragged to other programs: in a browser their files are out of reach. */
export const canDragOut = (): boolean => window.genregram !== undefined;

/** Turns a drag that begins into one of the tracks' files. */
export function dragOut(event: DragEvent, trackIds: readonly number[]): void {
  event.preventDefault();
  ours = true;
  // No pointer moves in a page while something is dragged.
  window.addEventListener('pointermove', () => (ours = false), { once: true });
  window.genregram?.dragOut(trackIds);
}
