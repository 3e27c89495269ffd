// One VS Code server on 127.0.0.1 with a state of its own: settings, extensions, home folder.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cacheDirectory } from '../../scripts/lib/paths.mjs';

const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'workbench.tips.enabled': false,
  'window.autoDetectColorScheme': true, // the theme follows the page's colour scheme, which the browser can change at once
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** @param {{ entry: string, node: string }} host */
export async function startServer(host, { trust = false, settings = {}, env = {}, logFile } = {}) {
  const state = await mkdtemp(join(tmpdir(), 'tb-')); // short: the server makes a unix socket below it (108 characters)
  const user = join(state, 'user');
  const extensions = join(state, 'ext');
  const settingsFile = join(user, 'User', 'settings.json');
  await mkdir(join(user, 'User'), { recursive: true });
  await mkdir(extensions);
  await mkdir(join(state, 'home'));
  await writeFile(settingsFile, JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  await writeFile(join(state, 'config.yaml'), '');
  const port = await freePort();
  const directories = ['--user-data-dir', user, '--extensions-dir', extensions];
  const environment = {
    ...process.env,
    // Else VS Code takes PATH from a login shell, and the extension host finds another python3 than this process.
    VSCODE_CLI: '1',
    HOME: join(state, 'home'),
    XDG_RUNTIME_DIR: state, // where it makes its sockets, else they pile up in the temporary folder
    TUNEBOOK_CACHE: cacheDirectory(),
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":""}',
    ...env,
  };
  const args = [
    host.entry,
    '--config',
    join(state, 'config.yaml'),
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
  ];
  args.push(...directories, '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override');
  args.push('--ignore-last-opened', ...(trust ? [] : ['--disable-workspace-trust']));
  const child = spawn(host.node, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const lines = [];
  const file = logFile === undefined ? null : createWriteStream(logFile);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      lines.push(String(chunk));
      file?.write(chunk);
    });
  const exited = new Promise((resolve) => child.once('exit', resolve));

  const server = {
    port,
    state,
    url: (folder) =>
      `http://127.0.0.1:${port}/${folder === undefined ? '?ew=true' : `?folder=${encodeURIComponent(folder)}`}`,
    async installExtension(vsix) {
      const command = [host.entry, ...directories, '--install-extension', vsix];
      const { stdout } = await promisify(execFile)(host.node, command, { env: environment });
      return stdout;
    },
    async stop() {
      kill(child.pid, 'SIGTERM');
      await Promise.race([exited, sleep(5000)]);
      kill(child.pid, 'SIGKILL'); // whatever of the group did not end: extension hosts, file watchers
      await exited;
      file?.end();
      await rm(state, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await answering(port, exited);
  } catch (error) {
    await server.stop();
    throw new Error(`${error.message}\n${lines.join('')}`, { cause: error });
  }
  return server;
}

function kill(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function answering(port, exited) {
  let ended = false;
  void exited.then(() => (ended = true));
  for (let attempt = 0; attempt < 300; attempt++) {
    if (ended) throw new Error('The VS Code server ended at start.');
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error('The VS Code server did not answer within 30 s.');
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
