// The same loop from the command line, in a copy of the recipe's folder.
import { execFile } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDirectory, ROOT } from '../../scripts/lib/paths.mjs';

/** Runs `tunebook train` on a copy and returns the copy's folder. */
export async function trainFromTerminal(recipe) {
  const source = dirname(recipe);
  const folder = `${source}-terminal`;
  await rm(folder, { recursive: true, force: true });
  await cp(source, folder, { recursive: true, filter: (path) => !/[\\/](?:\.tunebook|adapter|out)$/.test(path) });
  const command = [join(ROOT, 'dist', 'cli.cjs'), 'train', join(folder, basename(recipe))];
  await promisify(execFile)(process.execPath, command, {
    cwd: folder,
    env: { ...process.env, TUNEBOOK_CACHE: cacheDirectory() },
    maxBuffer: 64 * 1024 * 1024,
  });
  return folder;
}
