import type { MethodInput, MethodOutput } from '#shared/contract/methods';
import { toFailure } from '#shared/domain/failure';
import { strings } from '../../strings';
import { heardSpan, stepped, type Passage } from './passages';
import { usePlayerStore, type HeardTrack, type PlayerState } from './player-store';

/** What the player asks of the backend. */
export type Prepare = (
  input: MethodInput<'playback.prepare'>,
) => Promise<Pick<MethodOutput<'playback.prepare'>, 'path' | 'type' | 'decoded'>>;

/** Seconds before a window's end at which the next is begun: about as long as it takes to notice and to seek. */
const AHEAD = 0.02;
/** Windows that lie so near to one another, in seconds, are heard in one go. */
const SEAMLESS = 0.05;

/** Milliseconds within which what breaks off again is not begun once more. */
const MEND_MS = 5_000;

/** The window's one audio element and what it plays: a track, or windows of it. Nothing sounds before `play` or `hear` is called. */
export class Player {
  /** Which request to play is the last one. */
  private turn = 0;
  /** Does what is loaded come decoded from the backend? Then there is nothing left to try. */
  private decoded = false;
  private frame = 0;
  /** When what broke off was begun again by itself. */
  private mendedAt = 0;

  /**
   * @param origin of audio, for the paths that `prepare` gives
   * @param onFailure told in words why a track can't be heard
   */
  constructor(
    private readonly audio: HTMLAudioElement,
    private readonly prepare: Prepare,
    private readonly origin: string,
    private readonly onFailure: (message: string) => void,
  ) {
    audio.preload = 'auto';
    const on = (name: keyof HTMLMediaElementEventMap, listener: () => void): void => {
      audio.addEventListener(name, listener);
    };
    on('playing', () => this.set({ phase: 'playing' }));
    on('pause', () => {
      if (this.state.phase === 'playing') this.set({ phase: 'paused' });
    });
    on('timeupdate', () => this.moved());
    on('seeked', () => this.moved());
    on('durationchange', () => {
      if (Number.isFinite(audio.duration)) this.set({ durationSec: audio.duration });
    });
    on('ended', () => {
      if (this.state.passage) this.passed(this.state.passage);
      else this.set({ phase: 'paused' });
    });
    on('error', () => void this.broke());
    this.applyVolume(this.state);
  }

  /** Plays a track from its start. */
  play(track: HeardTrack): void {
    void this.load(track, null, 0);
  }

  /** Plays windows of a track. */
  hear(track: HeardTrack, passage: Passage): void {
    const { start } = heardSpan(passage);
    const { track: present, phase } = this.state;
    if (present?.id !== track.id || phase === 'failed' || phase === 'loading') void this.load(track, passage, start);
    else {
      this.set({ passage });
      this.goTo(start);
      this.resume();
    }
  }

  /** Pauses what is heard, or goes on with it. */
  toggle(): void {
    const { track, phase, passage, position } = this.state;
    if (!track) return;
    if (phase === 'loading') this.stop();
    else if (phase === 'failed') void this.load(track, passage, passage ? heardSpan(passage).start : position);
    // The element's own word: its events, and so the phase, come a moment later.
    else if (!this.audio.paused) this.audio.pause();
    else if (passage && this.isPast(passage)) this.hear(track, { ...passage, at: 0 });
    else this.resume();
  }

  pause(): void {
    this.audio.pause();
  }

  /** Goes to a place of the track, in seconds, and on from there. */
  seek(seconds: number): void {
    if (!this.state.track) return;
    this.set({ passage: null });
    this.goTo(seconds);
  }

  /** To the window before or after in the passage. */
  step(by: 1 | -1): void {
    const { passage, track } = this.state;
    const next = passage && stepped(passage, by);
    if (next && track) this.hear(track, next);
  }

  /** Hears the window again and again, or goes on to the next when it is over. */
  setLoop(loop: boolean): void {
    const { passage } = this.state;
    if (passage) this.set({ passage: { ...passage, loop } });
  }

  /** Goes on past the window, along the track. */
  playOn(): void {
    if (!this.state.passage) return;
    this.set({ passage: null });
    this.resume();
  }

  /** @param volume 0..1 */
  setVolume(volume: number): void {
    this.applyVolume({ volume, muted: false });
  }

  setMuted(muted: boolean): void {
    this.applyVolume({ volume: this.state.volume, muted });
  }

  private get state(): PlayerState {
    return usePlayerStore.getState();
  }

  private set(changes: Partial<PlayerState>): void {
    usePlayerStore.setState(changes);
    if (changes.phase === 'playing') this.watch();
  }

  private applyVolume({ volume, muted }: Pick<PlayerState, 'volume' | 'muted'>): void {
    // Squared, so that the middle of the slider sounds about half as loud.
    this.audio.volume = volume ** 2;
    this.audio.muted = muted;
    this.set({ volume, muted });
  }

  private async load(track: HeardTrack, passage: Passage | null, from: number, decoded = false): Promise<void> {
    const turn = ++this.turn;
    this.audio.pause();
    const { durationSec } = track;
    this.set({ track, passage, phase: 'loading', failure: null, position: from, durationSec });
    try {
      const source = await this.source(track.id, decoded);
      if (turn !== this.turn) return;
      this.decoded = source.decoded;
      this.audio.src = this.origin + source.path;
      if (from > 0) this.audio.currentTime = from;
      this.resume();
    } catch (error) {
      if (turn === this.turn) this.fail(toFailure(error).message);
    }
  }

  /** The file as it is where this browser plays its kind, else decoded by us. */
  private async source(trackId: number, decoded: boolean): ReturnType<Prepare> {
    const source = await this.prepare({ trackId, decoded });
    return source.decoded || this.audio.canPlayType(source.type) !== ''
      ? source
      : this.prepare({ trackId, decoded: true });
  }

  /** The browser could not play it after all, or no more of it came. */
  private async broke(): Promise<void> {
    const { track, passage, phase } = this.state;
    const { error, currentTime } = this.audio;
    if (!track || !error || phase === 'failed') return;
    if (error.code === MediaError.MEDIA_ERR_NETWORK && Date.now() - this.mendedAt > MEND_MS) {
      // The file was written, or the backend started again: what is there now goes on where it was.
      this.mendedAt = Date.now();
      await this.load(track, passage, currentTime, this.decoded);
      return;
    }
    const isOurs = error.code === MediaError.MEDIA_ERR_DECODE || error.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
    if (isOurs && !this.decoded) {
      await this.load(track, passage, passage ? heardSpan(passage).start : currentTime, true);
      return;
    }
    const turn = ++this.turn;
    // The element does not tell why; the backend may.
    const reason = await this.prepare({ trackId: track.id, decoded: this.decoded }).then(
      () => strings.player.brokeOff,
      (cause: unknown) => toFailure(cause).message,
    );
    if (turn === this.turn) this.fail(reason);
  }

  private fail(message: string): void {
    this.set({ phase: 'failed', failure: message });
    this.onFailure(message);
  }

  private resume(): void {
    this.audio.play().catch((error: unknown) => {
      // Something else was asked for in the meantime, or the `error` event tells more.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.set({ phase: 'paused' });
    });
  }

  private stop(): void {
    this.turn++;
    this.audio.pause();
    this.set({ phase: 'paused' });
  }

  private goTo(seconds: number): void {
    this.audio.currentTime = seconds;
    this.set({ position: seconds });
  }

  private moved(): void {
    if (this.state.phase !== 'loading') this.set({ position: this.audio.currentTime });
    this.look();
  }

  /** The element tells where it is four times a second, which is too seldom to end a window in time. */
  private watch(): void {
    cancelAnimationFrame(this.frame);
    const look = (): void => {
      if (this.state.phase !== 'playing') return;
      this.look();
      this.frame = requestAnimationFrame(look);
    };
    this.frame = requestAnimationFrame(look);
  }

  private look(): void {
    const { passage, phase } = this.state;
    if (phase === 'playing' && passage && !this.audio.seeking && this.isPast(passage)) this.passed(passage);
  }

  private isPast(passage: Passage): boolean {
    return this.audio.ended || this.audio.currentTime >= heardSpan(passage).end - AHEAD;
  }

  /** A window is over. */
  private passed(passage: Passage): void {
    const { start, end } = heardSpan(passage);
    const next = passage.loop ? null : stepped(passage, 1);
    if (passage.loop) this.goTo(start);
    else if (next) {
      this.set({ passage: next });
      const follows = !this.audio.ended && Math.abs(heardSpan(next).start - end) < SEAMLESS;
      if (!follows) this.goTo(heardSpan(next).start);
    } else {
      this.audio.pause();
      this.set({ phase: 'paused', position: this.audio.currentTime });
      return;
    }
    if (this.audio.ended || this.audio.paused) this.resume();
  }
}
