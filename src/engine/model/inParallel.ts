/**
 * The results in the order of the items; `most` at a time. Ends with the first error, when what was begun has ended and nothing
 * more is begun.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  let next = 0;
  let failed = false;
  const line = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const index = next++;
      const item = items[index];
      if (item === undefined) continue;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lines = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, line));
  for (const ended of lines) if (ended.status === 'rejected') throw ended.reason;
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
