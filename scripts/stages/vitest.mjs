import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OUT, ROOT } from '../lib/paths.mjs';
import { exitCode } from '../lib/processes.mjs';

/** Unit tests, the renderer in a page, the command line as a process. */
export async function runVitest(python) {
  const report = join(OUT, 'vitest.json');
  await rm(report, { force: true });
  const code = await exitCode(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env: { TUNEBOOK_TEST_PYTHON: python } },
  );
  const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8'));
  // a file that can't be loaded has no tests to count
  return { passed: numPassedTests, failed: Math.max(numFailedTests, code === 0 ? 0 : 1) };
}
