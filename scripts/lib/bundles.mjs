// dist/, built again when what goes into it has changed.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from './hash.mjs';
import { ROOT } from './paths.mjs';
import { run } from './processes.mjs';

const SOURCES = ['src', 'webview', 'l10n', 'scripts/lib', 'esbuild.mjs', 'package-lock.json', 'tsconfig.json'];
const STAMP = join(ROOT, 'dist', '.built');

/**
 * @param {{ fresh?: boolean }} [options] fresh: in any case; the suites in VS Code leave bundles that are not made to ship
 * @returns {Promise<boolean>} whether it had to be built
 */
export async function ensureBundles(say, { fresh = false } = {}) {
  const hash = await hashOf(SOURCES);
  if (!fresh && (await readFile(STAMP, 'utf8').catch(() => '')) === hash) return false;
  say('building dist/');
  await run(process.execPath, ['esbuild.mjs']);
  await mkdir(join(ROOT, 'dist'), { recursive: true });
  await writeFile(STAMP, hash);
  return true;
}
