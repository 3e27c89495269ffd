/**
 * Decoders for JSON that comes from another process: the type follows from the decoder, so there is one source for both.
 * Hand-written because `protocol` depends on nothing (the trainer's words must not change with a library).
 */
export interface Decoder<T> {
  /** Returns the value, or throws a ShapeError that names the path of what did not fit. */
  (value: unknown, path: string): T;
}

export type Decoded<D> = D extends Decoder<infer T> ? T : never;

export class ShapeError extends Error {
  constructor(path: string, expected: string, value: unknown) {
    super(`${path}: expected ${expected}, got ${JSON.stringify(value)?.slice(0, 80) ?? typeof value}`);
    this.name = 'ShapeError';
  }
}

export const string: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new ShapeError(path, 'a string', value);
  return value;
};

export const boolean: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new ShapeError(path, 'true or false', value);
  return value;
};

/** A finite number. */
export const number: Decoder<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ShapeError(path, 'a number', value);
  return value;
};

/** A number that may be NaN or infinite: JSON has neither, so they travel as the strings "NaN", "Infinity", "-Infinity". */
export const float: Decoder<number> = (value, path) => {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw new ShapeError(path, 'a number', value);
};

export const unknownValue: Decoder<unknown> = (value) => value;

export function oneOf<const T extends readonly string[]>(...allowed: T): Decoder<T[number]> {
  return (value, path) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new ShapeError(path, allowed.map((a) => JSON.stringify(a)).join(' | '), value);
    return found;
  };
}

export function array<T>(item: Decoder<T>): Decoder<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, 'an array', value);
    return value.map((element, index) => item(element, `${path}[${index}]`));
  };
}

export function record<T>(item: Decoder<T>): Decoder<Record<string, T>> {
  return (value, path) => {
    if (!isPlainObject(value)) throw new ShapeError(path, 'an object', value);
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, item(element, `${path}.${key}`)]));
  };
}

export function nullable<T>(inner: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null || value === undefined ? null : inner(value, path));
}

type Fields = Record<string, Decoder<unknown>>;
type ObjectOf<F extends Fields> = { -readonly [K in keyof F]: Decoded<F[K]> };

/** An object with these fields; fields of a newer protocol revision are dropped. */
export function object<F extends Fields>(fields: F): Decoder<ObjectOf<F>> {
  const entries = Object.entries(fields);
  return (value, path) => {
    if (!isPlainObject(value)) throw new ShapeError(path, 'an object', value);
    // A plain loop: the log of a long run has 100,000 of these, and Object.fromEntries takes twice as long (bench/run.bench.ts).
    const decoded: Record<string, unknown> = {};
    for (const [key, decoder] of entries) decoded[key] = decoder(value[key], `${path}.${key}`);
    // SAFETY: every key of F was decoded by its own decoder just above.
    return decoded as ObjectOf<F>;
  };
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
