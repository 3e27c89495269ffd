import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for a test to open: a copy of `source`, or empty. */
export async function makeWorkspace(source) {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'tb-ws-')));
  if (source !== undefined) await cp(source, path, { recursive: true });
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
