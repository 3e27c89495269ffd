// Installs a real VS Code from npm's registry alone: code-server (the VS Code server, its workbench and its Node extension
// host) and the Node that it wants. Once, into the cache folder; a second call returns at once.
//   node test/host/setup.mjs
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { cacheDirectory } from '../../scripts/lib/paths.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

/** code-server 4.139.1 is VS Code 1.139.1; its package.json asks for Node 24. */
const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';

const run = promisify(execFile);

/** @returns {Promise<{ chromium: string, entry: string, node: string }>} what starts the browser and the server */
export async function ensureHost(log = (line) => console.log(`vscode: ${line}`)) {
  if (process.platform === 'win32')
    throw new Error('code-server does not run on Windows: set TUNEBOOK_VSCODE=electron (test/host/README.md).');
  const chromium = ensureSystemPackages(log);
  const directory = join(cacheDirectory(), `vscode-host-${CODE_SERVER}`);
  const host = locate(directory);
  const stamp = join(directory, `ready-${CODE_SERVER}-${NODE}`);
  if (!existsSync(stamp)) {
    log(`installing VS Code (code-server ${CODE_SERVER}) into ${directory}: 450 MB, a minute or two, once`);
    await install(directory, host, log);
    await writeFile(stamp, '');
    log('installed');
  }
  return { chromium, entry: host.entry, node: host.node };
}

function locate(directory) {
  const modules = join(directory, 'node_modules');
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const codeServer = join(modules, 'code-server');
  return {
    nodePackage,
    nodeDirectory: join(modules, nodePackage),
    node: join(modules, nodePackage, 'bin', 'node'),
    entry: join(codeServer, 'out', 'node', 'entry.js'),
    vscode: join(codeServer, 'lib', 'vscode'),
  };
}

async function install(directory, host, log) {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), '{"private":true}\n');
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  // No install scripts: code-server's own wants libkrb5-dev and GitHub. What it would do for VS Code is done here.
  log('code-server and Node');
  await npm(directory, [
    'install',
    '--save-exact',
    '--ignore-scripts',
    ...quiet,
    `${host.nodePackage}@${NODE}`,
    `code-server@${CODE_SERVER}`,
  ]);
  // From here on with the new Node first on PATH, and its headers for the native modules.
  const env = {
    PATH: `${join(host.nodeDirectory, 'bin')}${delimiter}${process.env.PATH}`,
    npm_config_nodedir: host.nodeDirectory,
  };
  log("VS Code server's packages");
  await npm(host.vscode, ['install', '--omit=dev', '--ignore-scripts', ...quiet], env); // `npm ci` refuses: the shrinkwrap lacks tslib
  log('native modules (log files, parent watchdog)');
  try {
    await npm(
      host.vscode,
      ['rebuild', '--ignore-scripts=false', '--foreground-scripts', '@vscode/spdlog', '@vscode/native-watchdog'],
      env,
    );
  } catch {
    log('not built (no C++ compiler?): works without them, only its log files are missing');
  }
  await trim(host);
  const home = join(tmpdir(), `tunebook-home-${process.pid}`);
  const { stdout } = await run(host.node, [host.entry, '--version'], { env: { ...process.env, HOME: home } });
  await rm(home, { recursive: true, force: true });
  if (!stdout.includes(CODE_SERVER)) throw new Error(`code-server does not start: ${stdout}`);
}

/** Drops what no test of an extension touches: agents, other platforms' ripgrep, headers, objects. */
async function trim({ vscode, nodeDirectory }) {
  const modules = join(vscode, 'node_modules');
  const ripgrep = join(modules, '@vscode', 'ripgrep-universal', 'bin');
  const foreign = (await list(ripgrep)).filter((name) => name !== `${process.platform}-${process.arch}`);
  const agents = (await list(join(modules, '@github'))).filter((name) => name.startsWith('copilot-sdk-'));
  await Promise.all(
    [
      ...foreign.map((name) => join(ripgrep, name)),
      ...agents.map((name) => join(modules, '@github', name)),
      join(modules, '@microsoft', 'mxc-sdk'),
      join(vscode, 'extensions', 'copilot'),
      join(nodeDirectory, 'include'),
      join(nodeDirectory, 'share'),
    ].map((folder) => rm(folder, { recursive: true, force: true })),
  );
}

async function list(folder) {
  return existsSync(folder) ? readdir(folder) : [];
}

async function npm(cwd, args, env = {}) {
  try {
    await run('npm', args, { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${error.stderr || error.message}`, { cause: error });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await ensureHost();
