/** A promise that somebody else fulfils. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

/** As Promise.withResolvers, which VS Code's Node of 2025 doesn't have. */
export function deferred<T>(): Deferred<T> {
  let fulfil: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => {
    fulfil = resolve;
  });
  return { promise, resolve: (value) => fulfil?.(value) };
}
