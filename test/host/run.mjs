// Runs the tests that need a real VS Code.
//   node test/host/run.mjs --integration          mocha inside the extension host (test/integration)
//   node test/host/run.mjs --e2e                  the packaged extension, driven as a person would (test/e2e)
//   … --group NAME                                only that group of integration tests
//   … --grep TEXT                                 only tests (integration) or scenarios (e2e) whose name contains TEXT
// The last line of each is `tunebook-<kind>: P passed, F failed`; exit code 1 if any failed or none ran.
import { parseArgs } from 'node:util';
import { expectNoneLeft, markStage } from '../leftProcesses.mjs';
import { runIntegration } from './integration.mjs';
import { runScenarios } from './scenarios.mjs';

const { values } = parseArgs({
  options: {
    integration: { type: 'boolean' },
    e2e: { type: 'boolean' },
    grep: { type: 'string' },
    group: { type: 'string' },
  },
});
if (!values.integration && !values.e2e) throw new Error('Say what to run: --integration, --e2e or both.');

let failed = false;
const kinds = [
  ['integration', runIntegration],
  ['e2e', runScenarios],
];
for (const [kind, run] of kinds) {
  if (!values[kind]) continue;
  markStage();
  const counts = await attempt(run);
  counts.failed += (await attempt(nothingLeft)).failed;
  console.log(`tunebook-${kind}: ${counts.passed} passed, ${counts.failed} failed`);
  if (counts.failed > 0 || counts.passed === 0) failed = true;
}
// Chromium's and the server's pipes may linger; all that matters has been awaited.
process.exit(failed ? 1 : 0);

async function nothingLeft() {
  await expectNoneLeft();
  return { passed: 0, failed: 0 };
}

/** A harness that cannot start is a failure to count, with its reason, not a missing line. */
async function attempt(run) {
  try {
    return await run(values);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}
