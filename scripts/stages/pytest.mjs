import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OUT } from '../lib/paths.mjs';
import { exitCode } from '../lib/processes.mjs';

/** The trainer's tests, with the real libraries on the sample model. */
export async function runPytest(python) {
  const report = join(OUT, 'pytest.xml');
  await rm(report, { force: true });
  const code = await exitCode(python, ['-m', 'pytest', 'test/trainer', '-q', `--junit-xml=${report}`], {
    env: { PYTHONPATH: join('trainer', 'src'), PYTHONDONTWRITEBYTECODE: '1' },
  });
  const xml = await readFile(report, 'utf8');
  const suite = /<testsuite\s[^>]*>/.exec(xml)?.[0] ?? '';
  const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  return { passed: count('tests') - failed - count('skipped'), failed: Math.max(failed, code === 0 ? 0 : 1) };
}
