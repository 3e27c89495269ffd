// Writes docs/memory.md from the measurements in test/fixtures/memory.
//   node tools/gpu/memory_table.mjs           write
//   node tools/gpu/memory_table.mjs --check   fail if the page is not as it would be written
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const update = process.argv.includes('--check') ? [] : ['--update'];
const file = 'test/unit/core/model/estimate/memoryTable.test.ts';
const run = spawnSync(process.execPath, [vitest, 'run', file, ...update], { cwd: root, stdio: 'inherit' });
process.exitCode = run.status ?? 1;
