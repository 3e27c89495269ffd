import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';

const RUN_DIRECTORY_OPTION = '--run-dir';

/**
 * Whether process `pid` is the trainer of this run. Process ids are used again, so the command line must name the run's
 * directory, which belongs to one trainer only. When a process began doesn't help: the log's times come from a clock that may
 * have been set since.
 */
export async function isTrainer(pid: number, directory: string): Promise<boolean> {
  if (!isThere(pid)) return false;
  const command = await commandOf(pid);
  if (command === 'unknown') return true;
  const at = command.indexOf(RUN_DIRECTORY_OPTION);
  const named = at === -1 ? undefined : command[at + 1];
  if (named === undefined) return false;
  const from = path.isAbsolute(named) ? '/' : await readlink(`/proc/${pid}/cwd`).catch(() => '/');
  return samePlace(path.resolve(from, named), directory);
}

/** Of the trainer of a moment ago, twice a second: its number is nobody else's so soon, and `ps` is a process each time. */
export async function isStillTrainer(pid: number, directory: string): Promise<boolean> {
  return process.platform === 'linux' ? isTrainer(pid, directory) : isThere(pid);
}

/** A process of this number exists, whoever's it is. */
function isThere(pid: number): boolean {
  // 0 and negative numbers mean groups
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // not allowed to signal it: it is there, and somebody else's
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Arguments of a process; none for one that has ended and waits for its parent; 'unknown' where the system doesn't tell. */
async function commandOf(pid: number): Promise<readonly string[] | 'unknown'> {
  if (process.platform === 'win32') return 'unknown';
  const listed = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (listed !== null) return listed.split('\0');
  const hasProc = await stat('/proc/self').then(
    () => true,
    () => false,
  );
  return hasProc ? [] : commandByPs(pid);
}

/** macOS and BSD. ps joins the arguments with spaces: what follows the option is the directory, whatever is in it. */
async function commandByPs(pid: number): Promise<readonly string[] | 'unknown'> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
    const [before = '', after] = stdout.trimEnd().split(` ${RUN_DIRECTORY_OPTION} `);
    return after === undefined ? [before] : [before, RUN_DIRECTORY_OPTION, after];
  } catch (error) {
    // ps exits with 1 where there is no such process
    return error instanceof Error && 'code' in error && error.code === 1 ? [] : 'unknown';
  }
}

/** By different ways too, such as through a link. A directory that is gone has its name only. */
async function samePlace(one: string, other: string): Promise<boolean> {
  if (one === path.resolve(other)) return true;
  const [a, b] = await Promise.all([one, other].map((place) => realpath(place).catch(() => path.resolve(place))));
  return a === b;
}
