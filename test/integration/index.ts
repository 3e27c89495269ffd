import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** Called by the extension host (extensionTestsPath) with the workspace open. A rejection becomes exit code 1. */
export async function run(): Promise<void> {
  const { TUNEBOOK_TEST_REPORT: report, TUNEBOOK_TEST_GREP: grep, TUNEBOOK_TEST_GROUP: group } = process.env;
  if (report === undefined || group === undefined)
    throw new Error('TUNEBOOK_TEST_REPORT and TUNEBOOK_TEST_GROUP are not set: start the suites by test/host/run.mjs.');
  const mocha = new Mocha({ ui: 'tdd', timeout: 120_000, ...(grep === undefined ? {} : { grep }) });
  const folder = path.join(__dirname, group);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.js')))
    mocha.addFile(path.join(folder, file));
  // One line as each test ends: if the host dies or hangs, what was before is known.
  const tell = (line: object): void => appendFileSync(report, `${JSON.stringify(line)}\n`);
  mocha.reporter(function tellEach(this: unknown, runner: Mocha.Runner) {
    runner.on('pass', (test) => tell({ passed: test.fullTitle(), durationMs: test.duration }));
    runner.on('fail', (test, error: Error) => tell({ failed: test.fullTitle(), error: error.stack ?? error.message }));
    runner.on('test', (test) => tell({ began: test.fullTitle() }));
    runner.on('end', () => tell({ ended: true }));
  } as unknown as Mocha.ReporterConstructor); // SAFETY: mocha calls it with `new` and a runner, and uses nothing of the result
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
