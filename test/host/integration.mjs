// The suites of test/integration, each group in a VS Code of its own kind.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runInElectron } from './electron.mjs';
import { OUT, ROOT } from './paths.mjs';
import { endTrainersBelow } from './processes.mjs';
import { startServer } from './server.mjs';
import { ensureHost } from './setup.mjs';
import { runSuite } from './suite.mjs';
import { makeWorkspace } from './workspace.mjs';

/** Folders of test/integration. `language`: VS Code's display language; `trust`: with workspace trust, and none given. */
const GROUPS = [
  { folder: 'trusted', language: 'en', trust: false },
  { folder: 'restricted', language: 'en', trust: true },
  { folder: 'chinese', language: 'zh-cn', trust: false },
];

const TIMEOUT_MS = 600_000;

export async function runIntegration({ grep }) {
  execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { cwd: ROOT, stdio: 'inherit' });
  const directory = join(OUT, 'integration');
  await mkdir(directory, { recursive: true });
  const runGroup = process.env.TUNEBOOK_VSCODE === 'electron' ? runInElectron : await inServer();
  const counts = { passed: 0, failed: 0 };
  for (const group of GROUPS) {
    const report = join(directory, `${group.folder}.json`);
    await rm(report, { force: true });
    const workspace = await makeWorkspace(join(ROOT, 'samples', 'yoda'));
    const env = {
      TUNEBOOK_TEST_REPORT: report,
      TUNEBOOK_TEST_GROUP: group.folder,
      ...(grep && { TUNEBOOK_TEST_GREP: grep }),
    };
    const problem = await runGroup(group, { workspace: workspace.path, env, directory }).catch((error) => error);
    await endTrainersBelow(workspace.path);
    await workspace.remove();
    const result = await readReport(report);
    counts.passed += result?.passed ?? 0;
    counts.failed += result?.failed ?? 1;
    // Mocha's own failures are in the report; what is left is a host that died on the way or never began.
    if (result === null || (problem instanceof Error && result.failed === 0)) {
      console.error(`${group.folder}: ${problem?.message ?? `no report; see ${directory}`}`);
      if (result !== null) counts.failed++;
    }
  }
  return counts;
}

async function inServer() {
  const host = await ensureHost();
  return async ({ folder, language, trust }, { workspace, env, directory }) => {
    const settings = trust ? { 'security.workspace.trust.startupPrompt': 'never' } : {};
    const server = await startServer(host, { trust, settings, env, logFile: join(directory, `${folder}.server.log`) });
    try {
      const code = await runSuite({
        chromium: host.chromium,
        server,
        workspace,
        extension: ROOT,
        tests: join(ROOT, 'dist', 'test', 'index.js'),
        language,
        screenshot: join(directory, `${folder}.png`),
        logFile: join(directory, `${folder}.log`),
        timeoutMs: TIMEOUT_MS,
      });
      if (code !== 0) throw new Error(`the extension host ended with code ${code}`);
    } finally {
      await server.stop();
    }
  };
}

async function readReport(file) {
  if (!existsSync(file)) return null;
  const { stats, passes, failures } = JSON.parse(await readFile(file, 'utf8'));
  for (const { fullTitle } of passes) console.log(`  ✓ ${fullTitle}`);
  for (const { fullTitle, err } of failures) console.error(`  ✗ ${fullTitle}\n${err.stack ?? err.message}`);
  // A failing hook fails tests that mocha then never runs: count what is missing as failed too.
  return { passed: stats.passes, failed: Math.max(stats.failures, stats.tests - stats.passes) };
}
