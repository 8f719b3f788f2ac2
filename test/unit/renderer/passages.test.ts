import { describe, expect, it } from 'vitest';
import { evidenceOf, heardSpan, stepped, windowAlong } from '../../../src/renderer/features/player/passages';
import type { WindowVerdict } from '../../../src/renderer/features/detail/timeline';

const verdict = (start: number, label: string, probability: number): WindowVerdict => ({
  start,
  end: start + 3,
  label,
  probability,
  second: null,
});
const track = [verdict(0, 'rock', 0.4), verdict(3, 'jazz', 0.9), verdict(6, 'rock', 0.8), verdict(9, 'rock', 0.4)];

describe('the windows to be heard', () => {
  it('for a label are those that voted for it, the surest first', () => {
    const passage = evidenceOf('genre', 'rock', track)!;
    expect(passage.windows).toEqual([
      { start: 6, end: 9 },
      { start: 0, end: 3 },
      { start: 9, end: 12 },
    ]);
    expect(passage).toMatchObject({ label: 'rock', at: 0, loop: false });
    expect(evidenceOf('genre', 'metal', track)).toBeNull();
  });

  it('along the track are all, from the one that was pointed at', () => {
    const passage = windowAlong('mood', track, 1)!;
    expect(heardSpan(passage)).toEqual({ start: 3, end: 6 });
    expect(passage).toMatchObject({ label: null, loop: true });
    expect(windowAlong('mood', track, 4)).toBeNull();
  });

  it('end at both ends', () => {
    const passage = evidenceOf('genre', 'rock', track)!;
    expect(stepped(passage, -1)).toBeNull();
    const last = stepped(stepped(passage, 1)!, 1)!;
    expect(heardSpan(last)).toEqual({ start: 9, end: 12 });
    expect(stepped(last, 1)).toBeNull();
  });
});
