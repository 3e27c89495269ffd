import type { ModelSource } from '../../protocol/model';

/** The files of one model, wherever they lie. All may throw ModelTroubleError. */
export interface ModelFiles {
  readonly kind: ModelSource['kind'];
  /** The folder, or the name on the Hub. */
  readonly place: string;
  /** A file as messages name it. */
  shown(name: string): string;
  /** Names of the files in the folder itself; of those below it where that costs nothing. */
  list(): Promise<readonly string[]>;
  /** Bytes of a file; null where there is none. */
  sizeOf(name: string): Promise<number | null>;
  /** The bytes from `start` to before `end`; fewer where the file is shorter than it was said to be. */
  read(name: string, start: number, end: number): Promise<Uint8Array>;
}
