// npm test: every test there is. The last line, alone, is "N passed, N failed".
//   node scripts/test.mjs --only unit,trainer     some stages, by name
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bootstrap, say } from './bootstrap.mjs';
import { OUT } from './lib/paths.mjs';
import { runCommand } from './stages/commands.mjs';
import { runInHost } from './stages/host.mjs';
import { runPytest } from './stages/pytest.mjs';
import { runVitest } from './stages/vitest.mjs';

/** In this order: what fails fastest comes first. */
const STAGES = {
  generate: () => runCommand('generate'),
  typecheck: () => runCommand('typecheck'),
  lint: () => runCommand('lint'),
  format: () => runCommand('format'),
  ruff: (python) => runCommand('ruff', python),
  'ruff-format': (python) => runCommand('ruffFormat', python),
  unit: (python) => runVitest(python),
  trainer: (python) => runPytest(python),
  integration: () => runInHost('integration'),
  e2e: () => runInHost('e2e'),
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const names = values.only?.split(',') ?? Object.keys(STAGES);
const unknown = names.filter((name) => !Object.hasOwn(STAGES, name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}. Stages: ${Object.keys(STAGES).join(', ')}.`);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const lines = [];
try {
  const python = await bootstrap({ dev: true });
  await mkdir(OUT, { recursive: true });
  for (const name of names) {
    say(`— ${name}`);
    const started = Date.now();
    const { passed, failed } = await attempt(name, python);
    total.passed += passed;
    total.failed += failed;
    lines.push(
      `${name.padEnd(12)} ${passed} passed, ${failed} failed (${Math.round((Date.now() - started) / 1000)} s)`,
    );
  }
} catch (error) {
  console.error(`tunebook: ${error instanceof Error ? error.message : error}`);
  total.failed++;
}
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A stage that can't run, or ran no test, has failed. */
async function attempt(name, python) {
  try {
    const counts = await STAGES[name](python);
    return counts.passed + counts.failed > 0 ? counts : { passed: 0, failed: 1 };
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  }
}
