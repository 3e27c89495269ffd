// The suites of test/integration, each group in a VS Code of its own kind.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runInElectron } from './electron.mjs';
import { OUT, ROOT } from '../../scripts/lib/paths.mjs';
import { endTrainersBelow, trainersLeft } from './processes.mjs';
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
/** An idle trainer ends 15 s after its host; one that trains ends its steps first. */
const ENDING_MS = 60_000;

export async function runIntegration({ grep, group: only }) {
  await rm(join(ROOT, 'dist', 'test'), { recursive: true, force: true }); // suites that are no more
  execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { cwd: ROOT, stdio: 'inherit' });
  const directory = join(OUT, 'integration');
  await mkdir(directory, { recursive: true });
  const runGroup = process.env.TUNEBOOK_VSCODE === 'electron' ? runInElectron : await inServer();
  const counts = { passed: 0, failed: 0 };
  for (const group of GROUPS.filter(({ folder }) => only === undefined || folder === only)) {
    const report = join(directory, `${group.folder}.jsonl`);
    await rm(report, { force: true });
    const workspace = await makeWorkspace(join(ROOT, 'samples', 'yoda'));
    const env = {
      TUNEBOOK_TEST_REPORT: report,
      TUNEBOOK_TEST_GROUP: group.folder,
      ...(grep && { TUNEBOOK_TEST_GREP: grep }),
    };
    const problem = await runGroup(group, { workspace: workspace.path, env, directory }).catch((error) => error);
    const left = await trainersLeft(workspace.path, ENDING_MS);
    if (left.length > 0) {
      console.error(`${group.folder}: trainers are left: ${left.join(', ')}`);
      counts.failed++;
    }
    await endTrainersBelow(workspace.path);
    await workspace.remove();
    const result = await readReport(report);
    counts.passed += result?.passed ?? 0;
    counts.failed += result?.failed ?? 0;
    // Mocha's own failures are in the report; what is left is a host that died on the way or never began.
    const unexplained = problem instanceof Error && result?.failed === 0;
    if (!result?.ended || unexplained) {
      console.error(`${group.folder}: ${problem?.message ?? 'no report'}; see ${directory}`);
      counts.failed++;
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

/** Null: no test began. A hook that fails takes tests with it that are never run: then the group has failed, however many. */
async function readReport(file) {
  if (!existsSync(file)) return null;
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  const told = lines.map((line) => JSON.parse(line));
  const passed = told.filter((line) => line.passed !== undefined);
  const failed = told.filter((line) => line.failed !== undefined);
  for (const line of passed) console.log(`  ✓ ${line.passed} (${line.durationMs} ms)`);
  for (const line of failed) console.error(`  ✗ ${line.failed}\n${line.error}`);
  const ended = told.some((line) => line.ended === true);
  if (!ended) console.error(`  ✗ did not end: ${told.findLast((line) => line.began !== undefined)?.began}`);
  return { passed: passed.length, failed: failed.length, ended };
}
