import type { FileHandle } from 'node:fs/promises';
import type { AsyncBuffer } from 'hyparquet';

/** A file as hyparquet reads it. Slices have memory of their own, exactly as long as they are. */
export class FileSlices implements AsyncBuffer {
  readonly byteLength: number;
  readonly #handle: FileHandle;
  readonly #onBytes: ((bytes: number) => void) | undefined;

  constructor(handle: FileHandle, byteLength: number, onBytes?: (bytes: number) => void) {
    this.#handle = handle;
    this.byteLength = byteLength;
    this.#onBytes = onBytes;
  }

  async slice(start: number, end = this.byteLength): Promise<ArrayBuffer> {
    const bytes = new Uint8Array(Math.max(0, Math.min(end, this.byteLength) - start));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) throw new RangeError('The file ended while it was read.');
      filled += bytesRead;
    }
    return bytes.buffer;
  }

  /** Tells how far reading has come. */
  told(bytes: number): void {
    this.#onBytes?.(bytes);
  }
}
