/** A blob that tells how much of it was read: fetch tells nothing of what it has sent. */
export class CountedBlob extends Blob {
  readonly #source: Blob;
  readonly #count: (bytes: number) => void;

  constructor(source: Blob, count: (bytes: number) => void) {
    super();
    this.#source = source;
    this.#count = count;
  }

  override get size(): number {
    return this.#source.size;
  }

  override stream(): ReturnType<Blob['stream']> {
    const count = this.#count;
    return this.#source.stream().pipeThrough(
      new TransformStream({
        transform(
          chunk: Uint8Array<ArrayBuffer>,
          controller: TransformStreamDefaultController<Uint8Array<ArrayBuffer>>,
        ) {
          count(chunk.length);
          controller.enqueue(chunk);
        },
      }),
    );
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    return this.#source.slice(start, end, type);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#source.arrayBuffer();
  }

  override text(): Promise<string> {
    return this.#source.text();
  }
}
