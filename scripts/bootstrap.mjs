// What `npm start` and `npm test` need, installed once; a second call starts at once. Node's own modules only.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root, run, say } from './run.mjs';

const stamps = path.join(root, 'node_modules', '.tunebook');

/** npm packages, as the lock says. */
export async function installPackages() {
  const wanted = hash([path.join(root, 'package-lock.json')]);
  if (stamped('packages') === wanted) return;
  say('Installing npm packages (about 120 MB, once) into node_modules');
  await run(npm, ['ci', '--no-audit', '--no-fund']);
  stamp('packages', wanted);
}

/** dist/, made again when a source has changed. */
export async function buildBundles({ tests = false } = {}) {
  const name = tests ? 'bundles-tests' : 'bundles';
  const folders = ['src', 'webview', 'l10n', ...(tests ? ['test/integration'] : [])];
  const sources = folders.flatMap((folder) => filesUnder(path.join(root, folder)));
  const wanted = hash([...sources, path.join(root, 'esbuild.mjs'), path.join(root, 'package-lock.json')]);
  if (stamped(name) === wanted && existsSync(path.join(root, 'dist', 'cli.cjs'))) return;
  say('Building dist/');
  await run(process.execPath, ['esbuild.mjs', ...(tests ? ['--tests'] : [])]);
  stamp(name, wanted);
}

/** The trainer's Python environment; returns its interpreter. */
export async function pythonEnvironment() {
  const show = await run(process.execPath, ['dist/cli.cjs', 'env', '--json'], { quiet: true }).catch(() => '');
  const ready = parse(show);
  if (ready?.python) return ready.python;
  say('Making the Python environment of the trainer, once');
  await run(process.execPath, ['dist/cli.cjs', 'env', '--create', '--yes']);
  const made = parse(await run(process.execPath, ['dist/cli.cjs', 'env', '--json'], { quiet: true }));
  if (!made?.python) throw new Error('The Python environment is not there although it was made.');
  return made.python;
}

/** pytest and ruff, beside the trainer's packages. */
export async function developmentPackages(python) {
  const lock = path.join(root, 'trainer', 'requirements-dev.lock');
  const wanted = hash([lock]);
  const mark = path.join(path.dirname(path.dirname(python)), '.dev-complete');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  say('Installing pytest and ruff into the Python environment');
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', lock]);
  writeFileSync(mark, wanted);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(path.relative(root, file)).update(readFileSync(file));
  return digest.digest('hex');
}

function stamped(name) {
  const file = path.join(stamps, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function stamp(name, value) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(path.join(stamps, name), value);
}
