export type PushPhase = 'account' | 'repository' | 'comparing' | 'uploading' | 'committing';

export type PushProgress =
  | { readonly kind: 'phase'; readonly phase: PushPhase }
  /** The Hub wanted a pause, or a request failed that is made anew. */
  | { readonly kind: 'waiting'; readonly seconds: number }
  | {
      readonly kind: 'sent';
      readonly path: string;
      readonly bytes: number;
      readonly of: number;
      /** Of all files that are sent. */
      readonly total: number;
      readonly totalOf: number;
    };

/** A piece goes out each millisecond; a person, or a program that reads along, wants a few lines a second. */
const LEAST_MS = 100;

/** How much of each file went out, and of all together. */
export class SentBytes {
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #totalOf: number;
  readonly #sent = new Map<string, number>();
  readonly #tell: (progress: PushProgress) => void;
  #total = 0;
  #toldMs = 0;

  constructor(
    files: readonly { readonly path: string; readonly bytes: number }[],
    tell: (progress: PushProgress) => void,
  ) {
    this.#sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
    this.#totalOf = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#tell = tell;
  }

  add(path: string, bytes: number): void {
    this.#set(path, (this.#sent.get(path) ?? 0) + bytes);
  }

  /** Also of a file that the Hub had already. */
  whole(path: string): void {
    const size = this.#sizes.get(path);
    if (size !== undefined && this.#sent.get(path) !== size) this.#set(path, size);
  }

  #set(path: string, bytes: number): void {
    const of = this.#sizes.get(path) ?? 0;
    const before = this.#sent.get(path) ?? 0;
    this.#total += bytes - before;
    this.#sent.set(path, bytes);
    // the end of a file, and a file that begins anew, are told always
    if (bytes > before && bytes < of && Date.now() - this.#toldMs < LEAST_MS) return;
    this.#toldMs = Date.now();
    this.#tell({ kind: 'sent', path, bytes, of, total: this.#total, totalOf: this.#totalOf });
  }
}
