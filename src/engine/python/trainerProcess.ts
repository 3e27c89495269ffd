import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import * as path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { ExitInfo } from '../engine';

/** stdin takes commands, stdout gives events; stderr is the log file. */
export type TrainerProcess = ChildProcessByStdio<Writable, Readable, null>;

/** How long what is left in the pipe may take to be read after the process has ended. */
const CLOSE_GRACE_MS = 2_000;

export interface TrainerCommandLine {
  /** Interpreter that has the trainer's packages. */
  readonly python: string;
  /** Folder of the package `tunebook_trainer`. */
  readonly trainerSource: string;
  readonly runDirectory: string;
  /** Takes what is printed to stderr, also when nobody listens any more. */
  readonly logFile: string;
  /** Relative paths of libraries start here: the recipe's folder. */
  readonly cwd: string;
}

/** Starts the trainer as the leader of a process group of its own, so that it outlives us and can be ended whole. */
export async function spawnTrainer(command: TrainerCommandLine): Promise<TrainerProcess> {
  const log = await open(command.logFile, 'a');
  try {
    const spawned = spawn(command.python, ['-m', 'tunebook_trainer', '--run-dir', command.runDirectory], {
      cwd: command.cwd,
      env: trainerEnvironment(process.env, command.trainerSource, process.platform),
      stdio: ['pipe', 'pipe', log.fd],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    // SAFETY: by the option above stdin and stdout are pipes and stderr is none; the types know no descriptors there.
    const child = spawned as TrainerProcess;
    // A write to a trainer that has ended must not end us; that it ended is told by 'exit'.
    child.stdin.on('error', () => {});
    await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error))]);
    return child;
  } finally {
    await log.close();
  }
}

export function trainerEnvironment(
  inherited: NodeJS.ProcessEnv,
  trainerSource: string,
  platform: NodeJS.Platform,
): NodeJS.ProcessEnv {
  const { PYTHONPATH: pythonPath, ...rest } = inherited;
  return {
    ...rest,
    PYTHONPATH: pythonPath ? `${trainerSource}${path.delimiter}${pythonPath}` : trainerSource,
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
    // TRL reports its use otherwise (trl/_telemetry)
    HF_HUB_DISABLE_TELEMETRY: '1',
    HF_HUB_DISABLE_PROGRESS_BARS: '1',
    // Waiting OpenMP threads that spin stall training 3 to 10 times as soon as the editor uses a core
    ...(platform === 'linux' ? { GOMP_SPINCOUNT: inherited['GOMP_SPINCOUNT'] ?? '1000' } : {}),
  };
}

/** Resolves when the process has ended and its last output was read. What it had started and left behind ends too. */
export function exitOf(child: TrainerProcess, pid: number): Promise<ExitInfo> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      // A killed trainer leaves the workers of its data loader, which hold its pipe open: 'close' would never come.
      // Windows may give the number of an ended process to another one at once.
      if (process.platform !== 'win32') signalGroup(pid, 'SIGKILL');
      const late = setTimeout(() => child.stdout.destroy(), CLOSE_GRACE_MS);
      child.once('close', () => {
        clearTimeout(late);
        resolve({ code, signal });
      });
    });
  });
}

/** Sends a signal to the trainer and everything it started. No error if it has already ended. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') endTree(pid, signal);
  else sendSignal(-pid, signal);
}

/** Sends a signal to the trainer alone. */
export function signalLeader(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') endTree(pid, signal);
  else sendSignal(pid, signal);
}

/**
 * Ends what a trainer has left behind, such as the workers of its data loader. While one of them is there the system gives the
 * number of their leader to nobody else; a process of that number is another's, with a group of its own.
 */
export function endAbandonedGroup(pid: number): void {
  if (process.platform !== 'win32' && isOver(pid)) sendSignal(-pid, 'SIGKILL');
}

/** No process of this number is there, or one that has ended and waits for its parent: Linux shows no command line of it. */
function isOver(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`).length === 0;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Windows has no process groups to signal: taskkill ends the tree. */
function endTree(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  execFile('taskkill', ['/pid', String(pid), '/T', ...(signal === 'SIGKILL' ? ['/F'] : [])], () => {});
}

function sendSignal(to: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(to, signal);
  } catch (error) {
    // macOS answers EPERM for a group of which only the ended leader is left
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
