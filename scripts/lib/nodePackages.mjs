// node_modules, made from package-lock.json once. Node's own modules only: nothing is installed yet.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { npm } from './processes.mjs';

/** @returns {Promise<boolean>} whether something had to be installed */
export async function ensureNodePackages(say) {
  if (await areCurrent()) return false;
  say(`installing npm packages into ${join(ROOT, 'node_modules')} (about 120 MB to download, once)`);
  await npm(['ci', '--include=dev', '--no-progress', '--loglevel=error']);
  return true;
}

/** npm writes down what it installed: nothing is missing if that fits the lock. */
async function areCurrent() {
  const [wanted, installed] = await Promise.all([
    packagesOf(join(ROOT, 'package-lock.json')),
    packagesOf(join(ROOT, 'node_modules', '.package-lock.json')),
  ]);
  if (installed === null) return false;
  return Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === '' || installed[place]?.version === version || (optional === true && installed[place] === undefined),
  );
}

async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
