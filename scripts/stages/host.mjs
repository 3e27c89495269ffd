// Suites inside a real VS Code: test/host/run.mjs installs it on its first call.
import { spawn } from 'node:child_process';
import { ROOT } from '../lib/paths.mjs';

export function runInHost(kind) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['test/host/run.mjs', `--${kind}`], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      process.stdout.write(chunk);
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const counted = new RegExp(`^tunebook-${kind}: (\\d+) passed, (\\d+) failed$`, 'm').exec(text);
      const failed = Number(counted?.[2] ?? 1);
      resolve({ passed: Number(counted?.[1] ?? 0), failed: Math.max(failed, code === 0 ? 0 : 1) });
    });
  });
}
