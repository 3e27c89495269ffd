// TUNEBOOK_VSCODE=electron: the same suites in the desktop VS Code that @vscode/test-electron downloads.
import { ROOT } from '../../scripts/lib/paths.mjs';
import { join } from 'node:path';

/** TUNEBOOK_VSCODE_VERSION: what to download, such as "stable" or "1.100.0". */
export async function runInElectron({ trust, language }, { workspace, env }) {
  const { runTests } = await load();
  await runTests({
    version: process.env.TUNEBOOK_VSCODE_VERSION ?? 'stable',
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: join(ROOT, 'dist', 'test', 'index.js'),
    extensionTestsEnv: env,
    launchArgs: [
      workspace,
      `--locale=${language}`,
      '--disable-extensions',
      ...(trust ? [] : ['--disable-workspace-trust']),
    ],
  });
}

async function load() {
  try {
    return await import('@vscode/test-electron');
  } catch (error) {
    throw new Error(
      'TUNEBOOK_VSCODE=electron needs @vscode/test-electron: npm install --no-save @vscode/test-electron',
      {
        cause: error,
      },
    );
  }
}
