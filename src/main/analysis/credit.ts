import { cancelled } from '../adapters/decoders/stall';

/** Counts what may still be sent: `take` waits until there is some. This is what bounds the queue of windows. */
export class Credit {
  private wake: (() => void) | null = null;

  constructor(private left: number) {}

  add(amount: number): void {
    this.left += amount;
    this.wake?.();
  }

  /** Takes one. Throws `cancelled` if the signal is or gets aborted meanwhile. One caller may wait at a time. */
  async take(signal: AbortSignal): Promise<void> {
    while (this.left <= 0 && !signal.aborted) await this.wakened(signal);
    this.wake = null;
    if (signal.aborted) throw cancelled();
    this.left--;
  }

  private async wakened(signal: AbortSignal): Promise<void> {
    let onAbort = (): void => undefined;
    await new Promise<void>((resolve) => {
      onAbort = resolve;
      this.wake = resolve;
      signal.addEventListener('abort', onAbort, { once: true });
    });
    signal.removeEventListener('abort', onAbort);
  }
}
