// The trainer's Python environment, through the same code that the command line and the extension use.
import { access, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CLI, ROOT } from './paths.mjs';
import { output, run } from './processes.mjs';

const DEV_LOCK = join(ROOT, 'trainer', 'requirements-dev.lock');

/** Creates what is missing, showing progress; silent where nothing is. The interpreter's path. */
export async function ensureTrainerEnvironment() {
  await run(process.execPath, [CLI, 'env', '--create', '--yes', '--quiet']);
  const { python } = JSON.parse(await output(process.execPath, [CLI, 'env', '--json']));
  return python;
}

/** pytest and ruff, beside the trainer's packages. */
export async function ensureDevelopmentPackages(python, say) {
  const lock = await readFile(DEV_LOCK);
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const stamp = join(python, '..', '..', `tunebook-dev-${hash}`);
  if (
    await access(stamp).then(
      () => true,
      () => false,
    )
  )
    return;
  say(`installing pytest and ruff into ${join(python, '..', '..')} (about 20 MB to download, once)`);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', DEV_LOCK]);
  await writeFile(stamp, '');
}
