// Packages the extension, installs it into a fresh VS Code, and goes through the scenarios of test/e2e.
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SCENARIOS } from '../e2e/index.mjs';
import { openBrowser, setDisplayLanguage } from './browser.mjs';
import { Checks, ScenarioEnded } from './checks.mjs';
import { OUT, ROOT } from '../../scripts/lib/paths.mjs';
import { endTrainersBelow, trainersLeft } from './processes.mjs';
import { startServer } from './server.mjs';
import { ensureHost } from './setup.mjs';
import { Workbench } from './workbench.mjs';
import { makeWorkspace } from './workspace.mjs';

const SCREENSHOTS = join(OUT, 'e2e');
/** An idle trainer ends as soon as its stdin closes; one that trains ends its steps first. */
const ENDING_MS = 60_000;

export async function runScenarios({ grep }) {
  const chosen = SCENARIOS.filter(({ name }) => grep === undefined || name.includes(grep));
  const host = await ensureHost();
  await mkdir(SCREENSHOTS, { recursive: true });
  const vsix = await packageExtension();
  const server = await startServer(host, { logFile: join(SCREENSHOTS, 'server.log') });
  const counts = { passed: 0, failed: 0 };
  const workspaces = [];
  try {
    await server.installExtension(vsix);
    for (const scenario of chosen) {
      const workspace = await makeWorkspace(
        scenario.sample === null ? undefined : join(ROOT, 'samples', scenario.sample),
      );
      workspaces.push(workspace);
      await scenario.prepare?.(workspace.path);
      add(counts, await play(scenario, { host, server, workspace: workspace.path }));
    }
  } finally {
    await server.stop();
  }
  add(counts, await nothingLeft(workspaces));
  return counts;
}

/** What `npm run package` makes is what is tested. */
async function packageExtension() {
  const vsix = join(SCREENSHOTS, 'tunebook.vsix');
  await rm(vsix, { force: true });
  await promisify(execFile)(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: ROOT });
  return vsix;
}

async function play(scenario, { host, server, workspace }) {
  const browser = await openBrowser(host.chromium, { locale: scenario.language ?? 'en-US' });
  const workbench = new Workbench(browser.page, SCREENSHOTS);
  const checks = new Checks(scenario.name, (name) => workbench.screenshot(name));
  try {
    if (scenario.language !== undefined) await setDisplayLanguage(browser.page, scenario.language);
    await checks.step('the folder opens', () => workbench.open(server.url(workspace)));
    await scenario.run({ checks, workbench, server, workspace });
  } catch (error) {
    // What went wrong outside of any check is a failed check of its own.
    if (!(error instanceof ScenarioEnded)) await checks.verify('goes on', () => Promise.reject(error));
  } finally {
    await browser.close();
  }
  return checks;
}

/** With the editor gone, each trainer's stdin is closed: none may stay. */
async function nothingLeft(workspaces) {
  const checks = new Checks('afterwards', async () => {});
  await checks.verify('no trainer is left', async () => {
    const left = await Promise.all(workspaces.map(({ path }) => trainersLeft(path, ENDING_MS)));
    if (left.flat().length > 0) throw new Error(`still running: ${left.flat().join(', ')}`);
  });
  await Promise.all(workspaces.map(({ path }) => endTrainersBelow(path)));
  await Promise.all(workspaces.map((workspace) => workspace.remove()));
  return checks;
}

function add(counts, { passed, failed }) {
  counts.passed += passed;
  counts.failed += failed;
}
