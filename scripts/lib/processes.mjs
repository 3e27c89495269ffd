import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';

/** A command that ended with an error. */
export class CommandFailed extends Error {
  constructor(command, args, code) {
    super(`${command} ${args.join(' ')} ended with ${code}`);
    this.name = 'CommandFailed';
    this.code = code;
  }
}

/** Runs a command that speaks to the terminal itself. Resolves with its exit code; a signal counts as 1. */
export function exitCode(command, args, { env = {}, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', shell, env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Like `exitCode`, and an error where it isn't 0. */
export async function run(command, args, options) {
  const code = await exitCode(command, args, options);
  if (code !== 0) throw new CommandFailed(command, args, code);
}

/** What a command prints; its errors go to the terminal. */
export function output(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(text) : reject(new CommandFailed(command, args, code ?? 'a signal')),
    );
  });
}

/** npm as it runs us, or the one on PATH. */
export function npm(args) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args]);
  return run('npm', args, { shell: process.platform === 'win32' });
}
