// Stages that are one command each: it passes or it fails.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { exitCode } from '../lib/processes.mjs';

const bin = (name, script) => join(ROOT, 'node_modules', name, script);

/** Python that ruff looks at. */
const PYTHON_FOLDERS = ['trainer', 'test', 'tools', 'bench'].filter((folder) => existsSync(join(ROOT, folder)));

export const commands = {
  generate: () => [process.execPath, ['scripts/generate.mjs', '--check']],
  typecheck: () => [process.execPath, [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.json']],
  lint: () => [process.execPath, [bin('oxlint', 'bin/oxlint'), '--deny-warnings']],
  format: () => [
    process.execPath,
    [bin('oxfmt', 'bin/oxfmt'), '--check', 'src', 'webview', 'test', 'bench', 'scripts', 'esbuild.mjs'],
  ],
  ruff: (python) => [python, ['-m', 'ruff', 'check', ...PYTHON_FOLDERS]],
  ruffFormat: (python) => [python, ['-m', 'ruff', 'format', '--check', ...PYTHON_FOLDERS]],
};

export async function runCommand(name, python) {
  const [command, args] = commands[name](python);
  const code = await exitCode(command, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}
