import { AbstractTokenizer, EndOfStreamError, type IFileInfo, type IReadChunkOptions } from 'strtok3';
import type { ByteSource } from '../files/byte-source';

/** Lets music-metadata read from one of our byte sources, so that a file is opened once and told by content, not by name. */
export class SourceTokenizer extends AbstractTokenizer {
  readonly fileInfo: IFileInfo;

  constructor(
    private readonly source: ByteSource,
    mimeType: string,
  ) {
    super();
    this.fileInfo = { size: source.size, mimeType };
  }

  async readBuffer(buffer: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position } = this.normalizeOptions(buffer, options);
    const length = await this.peekBuffer(buffer, options);
    this.position = position + length;
    return length;
  }

  async peekBuffer(buffer: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position, length, mayBeLess } = this.normalizeOptions(buffer, options);
    const available = Math.max(0, Math.min(this.source.size - position, length));
    if (!mayBeLess && available < length) throw new EndOfStreamError();
    if (available > 0) buffer.set(await this.source.read(position, available));
    return available;
  }

  supportsRandomAccess(): boolean {
    return true;
  }

  setPosition(position: number): void {
    this.validateLength(position, 'position');
    this.position = position;
  }
}
