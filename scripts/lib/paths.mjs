import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const CLI = join(ROOT, 'dist', 'cli.cjs');
/** Reports, logs and pictures of the tests; not kept in git. */
export const OUT = join(ROOT, 'out');

export function cacheDirectory() {
  const { TUNEBOOK_CACHE, XDG_CACHE_HOME } = process.env;
  return TUNEBOOK_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'tunebook');
}
