import { lstat, readdir } from 'node:fs/promises';
import * as path from 'node:path';

/** What goes with run directories that are deleted, and what doesn't. */
export interface Leftovers {
  readonly bytes: number;
  readonly checkpoints: number;
  /** Folders of saved adapters. */
  readonly adaptersInside: readonly string[];
  readonly adaptersElsewhere: readonly string[];
}

interface Left {
  readonly directory: string;
  readonly checkpoints: readonly string[];
  readonly adapter: string | null;
}

export async function leftoversOf(runs: readonly Left[]): Promise<Leftovers> {
  const here = await Promise.all(runs.map(look));
  return {
    bytes: here.reduce((sum, { bytes }) => sum + bytes, 0),
    checkpoints: here.reduce((sum, { checkpoints }) => sum + checkpoints, 0),
    adaptersInside: here.flatMap(({ adapter }) => (adapter?.inside ? [adapter.folder] : [])),
    adaptersElsewhere: here.flatMap(({ adapter }) => (adapter !== null && !adapter.inside ? [adapter.folder] : [])),
  };
}

async function look({ directory, checkpoints, adapter }: Left) {
  const there = await Promise.all(
    [...new Set(checkpoints)].map(async (folder) => isInside(directory, folder) && (await isThere(folder))),
  );
  return {
    bytes: await bytesIn(directory),
    checkpoints: there.filter(Boolean).length,
    adapter:
      adapter !== null && (await isThere(adapter)) ? { folder: adapter, inside: isInside(directory, adapter) } : null,
  };
}

/** Links count as themselves: what they lead to stays. What can't be read has no size. */
async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const file = path.join(directory, entry.name);
    bytes += entry.isDirectory()
      ? await bytesIn(file)
      : await lstat(file).then(
          ({ size }) => size,
          () => 0,
        );
  }
  return bytes;
}

function isInside(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
