/** A tensor as a header writes it. */
export interface WrittenTensor {
  readonly dtype: string;
  readonly shape: readonly unknown[];
  readonly data_offsets: readonly unknown[];
}

/** The bytes of a header: its length and its text. `claimed`: a length that it only claims. */
export function headerBytes(text: string | Uint8Array, claimed?: bigint): Uint8Array {
  const body = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const bytes = new Uint8Array(8 + body.length);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(body.length), true);
  bytes.set(body, 8);
  return bytes;
}

/** Tensors of bfloat16, one behind the other, and the bytes of their data. */
export function layOut(shapes: Readonly<Record<string, readonly number[]>>): {
  readonly header: Record<string, WrittenTensor>;
  readonly dataBytes: number;
} {
  let at = 0;
  const written = Object.entries(shapes).map(([name, shape]): [string, WrittenTensor] => {
    const begin = at;
    at += 2 * shape.reduce((product, size) => product * size, 1);
    return [name, { dtype: 'BF16', shape, data_offsets: [begin, at] }];
  });
  // a tensor may be called __proto__: assigning it would lose it
  return { header: Object.fromEntries(written), dataBytes: at };
}
