/** What is said of looking closely at a part of a track. */
export const zoom = {
  in: 'Zoom in',
  out: 'Zoom out',
  inHint: 'Look closer (+ on the strip, or Ctrl and the wheel)',
  outHint: 'See more of the track (−; 0 for all of it)',
};
