import type { Locator, Page } from 'playwright-core';

/** What the page's audio element says of itself. */
export interface Sound {
  readonly src: string;
  readonly position: number;
  readonly duration: number;
  readonly paused: boolean;
  readonly volume: number;
}

/** The player at the foot of the window, and what is really heard. */
export class PlayerPage {
  readonly bar: Locator;
  readonly pause: Locator;
  readonly position: Locator;
  readonly volume: Locator;
  /** "Rock 2 of 14". */
  readonly words: Locator;
  readonly loop: Locator;
  readonly playOn: Locator;

  constructor(readonly page: Page) {
    this.bar = page.getByRole('region', { name: 'Player' });
    this.pause = this.bar.getByRole('button', { name: 'Pause' });
    this.position = this.bar.getByRole('slider', { name: /^Position in/ });
    this.volume = this.bar.getByRole('slider', { name: 'Volume' });
    const windows = this.bar.getByRole('group', { name: 'Windows' });
    this.words = windows.getByRole('status');
    this.loop = windows.getByRole('button', { name: 'Hear this window again and again' });
    this.playOn = windows.getByRole('button', { name: 'Play on past this window' });
  }

  sound(): Promise<Sound> {
    return this.page.evaluate(() => {
      const { currentSrc, currentTime, duration, paused, volume } = document.querySelector('audio')!;
      return { src: currentSrc, position: currentTime, duration, paused, volume };
    });
  }

  /** Where it is heard, every 50 ms for some seconds, as the page itself sees it. */
  trace(seconds: number): Promise<number[]> {
    return this.page.evaluate(async (ms) => {
      const audio = document.querySelector('audio')!;
      const trace: number[] = [];
      for (const end = performance.now() + ms; performance.now() < end;) {
        trace.push(audio.currentTime);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return trace;
    }, seconds * 1000);
  }
}
