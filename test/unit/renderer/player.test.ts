import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodedError } from '#shared/domain/failure';
import type { Passage } from '../../../src/renderer/features/player/passages';
import { Player, type Prepare } from '../../../src/renderer/features/player/player';
import { usePlayerStore, type HeardTrack } from '../../../src/renderer/features/player/player-store';

const NETWORK = 2;
const DECODE = 3;
const NOT_SUPPORTED = 4;

/** As much of an audio element as the player uses; what a browser does by itself, the tests do. */
class FakeAudio extends EventTarget {
  src = '';
  currentTime = 0;
  duration = NaN;
  volume = 1;
  muted = false;
  preload = '';
  paused = true;
  ended = false;
  seeking = false;
  error: { code: number } | null = null;
  unknownTypes: string[] = [];
  canPlayType = (type: string) => (this.unknownTypes.includes(type) ? '' : 'maybe');
  play(): Promise<void> {
    this.paused = false;
    this.error = null;
    return Promise.resolve();
  }
  pause(): void {
    this.paused = true;
    this.tell('pause');
  }
  tell(name: string): void {
    this.dispatchEvent(new Event(name));
  }
  at(seconds: number): void {
    this.currentTime = seconds;
    this.tell('timeupdate');
  }
  breaks(code: number): void {
    this.error = { code };
    this.tell('error');
  }
}

const track = (id: number): HeardTrack => ({ id, title: `Track ${id}`, artist: null, album: null, durationSec: 60 });
const passage: Passage = {
  task: 'genre',
  label: 'rock',
  windows: [
    { start: 30, end: 33 },
    { start: 3, end: 6 },
  ],
  at: 0,
  loop: false,
};

describe('the player', () => {
  let audio: FakeAudio;
  let player: Player;
  let failures: string[];
  const prepare = vi.fn<Prepare>();
  const state = () => usePlayerStore.getState();
  const asked = () => prepare.mock.calls.map(([input]) => input);
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  beforeEach(() => {
    vi.stubGlobal('MediaError', {
      MEDIA_ERR_NETWORK: NETWORK,
      MEDIA_ERR_DECODE: DECODE,
      MEDIA_ERR_SRC_NOT_SUPPORTED: NOT_SUPPORTED,
    });
    // A window that is not drawn: the element's own events have to do.
    vi.stubGlobal('requestAnimationFrame', () => 0);
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
    usePlayerStore.setState(usePlayerStore.getInitialState(), true);
    prepare.mockReset().mockImplementation(({ trackId, decoded = false }) =>
      Promise.resolve({
        path: `/audio/${trackId}${decoded ? '.wav' : ''}`,
        type: decoded ? 'audio/wav' : 'audio/mpeg',
        decoded,
      }),
    );
    audio = new FakeAudio();
    failures = [];
    player = new Player(audio as unknown as HTMLAudioElement, prepare, 'track://library', (message) => {
      failures.push(message);
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  async function playing(which = track(1)): Promise<void> {
    player.play(which);
    await settled();
    audio.tell('playing');
  }

  it('makes no sound unasked', () => {
    player.toggle();
    player.step(1);
    player.playOn();
    expect([audio.paused, audio.src, asked()]).toEqual([true, '', []]);
  });

  it('plays the file as it is, and decoded at once where the browser does not know its type', async () => {
    await playing();
    expect([audio.src, state().phase]).toEqual(['track://library/audio/1', 'playing']);
    audio.unknownTypes = ['audio/mpeg'];
    await playing(track(2));
    expect(audio.src).toBe('track://library/audio/2.wav');
  });

  it.each([NOT_SUPPORTED, DECODE])(
    'tries it decoded where the browser errs (%i), and says why where that errs',
    async (code) => {
      await playing();
      audio.currentTime = 12;
      audio.breaks(code);
      await settled();
      expect([audio.src, audio.currentTime, state().phase]).toEqual(['track://library/audio/1.wav', 12, 'loading']);
      audio.tell('playing');
      prepare.mockRejectedValueOnce(new CodedError('decoder-missing', 'Install ffmpeg.'));
      audio.breaks(code);
      await settled();
      expect([state().phase, state().failure, failures]).toEqual(['failed', 'Install ffmpeg.', ['Install ffmpeg.']]);
    },
  );

  it('goes on where it broke off, once', async () => {
    await playing();
    audio.currentTime = 20;
    audio.breaks(NETWORK);
    await settled();
    expect([audio.currentTime, state().phase, failures]).toEqual([20, 'loading', []]);
    audio.tell('playing');
    audio.breaks(NETWORK);
    await settled();
    expect(state().phase).toBe('failed');
    expect(failures[0]).toContain('broke off');
  });

  it('plays what was asked for last, whatever answers first', async () => {
    const answers: (() => void)[] = [];
    prepare.mockImplementation(
      ({ trackId }) =>
        new Promise((resolve) => {
          answers[trackId] = () => {
            resolve({ path: `/audio/${trackId}`, type: 'audio/mpeg', decoded: false });
          };
        }),
    );
    player.play(track(1));
    player.play(track(2));
    answers[2]!();
    await settled();
    answers[1]!();
    await settled();
    expect(audio.src).toBe('track://library/audio/2');
    expect(state().track?.id).toBe(2);
  });

  it('does not begin after it was stopped while it was being opened', async () => {
    player.play(track(1));
    player.toggle();
    await settled();
    expect([audio.paused, state().phase]).toEqual([true, 'paused']);
  });

  it('pauses and goes on as often as it is told, also before the element has said that it did', async () => {
    await playing();
    audio.tell = () => undefined;
    const heard = Array.from({ length: 4 }, () => {
      player.toggle();
      return !audio.paused;
    });
    expect(heard).toEqual([false, true, false, true]);
  });

  it('hears the windows of a passage in their order, and stops after the last', async () => {
    player.hear(track(1), passage);
    await settled();
    expect(audio.currentTime).toBe(30);
    audio.tell('playing');
    audio.at(32);
    expect(state().passage?.at).toBe(0);
    audio.at(33);
    expect([audio.currentTime, state().passage?.at]).toEqual([3, 1]);
    audio.at(6);
    expect([audio.paused, state().phase]).toEqual([true, 'paused']);
    // Once more from the first.
    player.toggle();
    expect([audio.currentTime, audio.paused, state().passage?.at]).toEqual([30, false, 0]);
  });

  it('hears one window again and again, and goes on past it', async () => {
    player.hear(track(1), { ...passage, loop: true });
    await settled();
    audio.tell('playing');
    audio.at(33.1);
    expect([audio.currentTime, state().passage?.at]).toEqual([30, 0]);
    player.playOn();
    audio.at(33.1);
    expect([audio.currentTime, state().passage]).toEqual([33.1, null]);
  });

  it('goes on with the next window where the track ends with one', async () => {
    player.hear(track(1), passage);
    await settled();
    audio.tell('playing');
    // A browser pauses before it says that the end was reached.
    audio.ended = true;
    audio.currentTime = 32;
    audio.pause();
    audio.tell('ended');
    expect([audio.currentTime, audio.paused, state().passage?.at]).toEqual([3, false, 1]);
  });

  it('leaves the passage when somebody seeks', async () => {
    player.hear(track(1), passage);
    await settled();
    audio.tell('playing');
    player.seek(50);
    expect([audio.currentTime, state().passage, state().position]).toEqual([50, null, 50]);
  });

  it('is as loud as the slider says, more finely below', () => {
    player.setVolume(0.5);
    expect([audio.volume, audio.muted]).toEqual([0.25, false]);
    player.setMuted(true);
    expect([audio.muted, state().volume]).toEqual([true, 0.5]);
  });
});
