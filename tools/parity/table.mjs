// Writes docs/parity.md from the answers of Python in test/fixtures/parity.
//   node tools/parity/table.mjs           write
//   node tools/parity/table.mjs --check   fail if the page is not as it would be written
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
// The package exports no path to its program.
const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const update = process.argv.includes('--check') ? [] : ['--update'];
const run = spawnSync(process.execPath, [vitest, 'run', 'test/unit/parityTable.test.ts', ...update], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
