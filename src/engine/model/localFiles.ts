import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import type { ModelSource } from '../../protocol/model';
import type { ModelFiles } from './modelFiles';
import { ModelTroubleError } from './modelTroubleError';

/** A model's folder on this machine. A snapshot of the Hub's cache is one too: its files are links to blobs. */
export class LocalFiles implements ModelFiles {
  readonly kind: ModelSource['kind'];
  readonly place: string;
  readonly #seen: (file: string) => void;

  /** seen: told of each file that is looked for, whether it is there or not. */
  constructor(kind: ModelSource['kind'], folder: string, seen: (file: string) => void) {
    this.kind = kind;
    this.place = folder;
    this.#seen = seen;
  }

  shown(name: string): string {
    return path.join(this.place, name);
  }

  async list(): Promise<readonly string[]> {
    this.#seen(this.place);
    return readdir(this.place).catch((error: unknown) => {
      throw unreadable(this.place, error);
    });
  }

  async sizeOf(name: string): Promise<number | null> {
    const file = this.#at(name);
    return stat(file).then(
      (found) => (found.isFile() ? found.size : null),
      (error: unknown) => {
        if (isMissing(error)) return null;
        throw unreadable(file, error);
      },
    );
  }

  async read(name: string, start: number, end: number): Promise<Uint8Array> {
    const file = this.#at(name);
    let handle: FileHandle | null = null;
    try {
      handle = await open(file);
      return await readRange(handle, start, end);
    } catch (error) {
      throw unreadable(file, error);
    } finally {
      await handle?.close();
    }
  }

  #at(name: string): string {
    const file = path.join(this.place, name);
    this.#seen(file);
    return file;
  }
}

async function readRange(handle: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function unreadable(file: string, error: unknown): ModelTroubleError {
  return new ModelTroubleError(
    {
      kind: 'unknown',
      severity: 'error',
      message: message('{0} can’t be read: {1}', file, error instanceof Error ? error.message : String(error)),
      remedy: message('See whether the file may be read and the disk is well.'),
      file,
    },
    { cause: error },
  );
}
