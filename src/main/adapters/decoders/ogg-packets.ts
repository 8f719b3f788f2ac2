import type { SoundPage } from './ogg-pages';

/** The longest packet that is put together: a frame of plain samples in Ogg FLAC takes 2 MB. Longer ones are covers among the tags. */
const LONGEST_PACKET = 4 << 20;
const NONE = new Uint8Array(0);

/** Puts the packets of one stream together from its pages (RFC 3533 section 5). */
export class PacketReader {
  /** Parts of a packet that goes on on the next page, and their length; null where its beginning is missing. */
  private open: Uint8Array[] | null = null;
  private openLength = 0;
  private sequence: number | null = null;

  /** @param onDamage is called where a packet can't be put together for a page is missing. */
  constructor(private readonly onDamage: () => void) {}

  /**
   * The packets that end on this page, the next of the stream. Of one that is too long nothing is left: it is empty.
   * @returns views of the page, but for packets that began on another one.
   */
  packets({ sequence, isContinued, lacing, body }: SoundPage): Uint8Array[] {
    const follows = this.sequence === null || sequence === this.sequence + 1;
    this.sequence = sequence;
    if (this.open && (!follows || !isContinued)) this.lose();
    // The rest of a packet whose beginning is lost.
    let isRest = isContinued && !this.open;
    if (isRest) this.onDamage();
    const packets: Uint8Array[] = [];
    let from = 0;
    let to = 0;
    for (const lace of lacing) {
      to += lace;
      if (lace === 255) continue;
      const part = body.subarray(from, to);
      if (this.open) packets.push(this.close(part));
      else if (!isRest) packets.push(part);
      isRest = false;
      from = to;
    }
    if (lacing.at(-1) === 255 && !isRest) this.keep(body.subarray(from));
    return packets;
  }

  private keep(part: Uint8Array): void {
    this.open ??= [];
    this.openLength += part.length;
    if (this.openLength <= LONGEST_PACKET) this.open.push(part.slice());
    else this.open.length = 0;
  }

  private close(last: Uint8Array): Uint8Array {
    const parts = [...(this.open ?? []), last];
    const length = this.openLength + last.length;
    this.open = null;
    this.openLength = 0;
    if (length > LONGEST_PACKET) return NONE;
    const packet = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      packet.set(part, at);
      at += part.length;
    }
    return packet;
  }

  private lose(): void {
    this.open = null;
    this.openLength = 0;
    this.onDamage();
  }
}
