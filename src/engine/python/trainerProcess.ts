import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import type { ExitInfo } from '../engine';

export interface TrainerCommandLine {
  /** Interpreter that has the trainer's packages. */
  readonly python: string;
  /** Folder of the package `tunebook_trainer`. */
  readonly trainerSource: string;
  readonly runDirectory: string;
  /** Relative paths of libraries start here: the recipe's folder. */
  readonly cwd: string;
}

/** Starts the trainer as the leader of a process group of its own, so that it outlives us and can be ended whole. */
export async function spawnTrainer(command: TrainerCommandLine): Promise<ChildProcessWithoutNullStreams> {
  const child = spawn(command.python, ['-m', 'tunebook_trainer', '--run-dir', command.runDirectory], {
    cwd: command.cwd,
    env: trainerEnvironment(process.env, command.trainerSource, process.platform),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // A write to a trainer that has ended must not end us; that it ended is told by 'exit'.
  child.stdin.on('error', () => {});
  await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error))]);
  return child;
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
    TOKENIZERS_PARALLELISM: inherited['TOKENIZERS_PARALLELISM'] ?? 'false',
    // Waiting OpenMP threads that spin stall training 3 to 10 times as soon as the editor uses a core
    ...(platform === 'linux' ? { GOMP_SPINCOUNT: inherited['GOMP_SPINCOUNT'] ?? '1000' } : {}),
  };
}

export function exitOf(child: ChildProcessWithoutNullStreams): Promise<ExitInfo> {
  return new Promise((resolve) => {
    // 'close' comes after the last output was read, 'exit' may come before it
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** Sends a signal to the trainer and everything it started. No error if it has already ended. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    // Windows has no process groups to signal: taskkill ends the tree
    execFile('taskkill', ['/pid', String(pid), '/T', ...(signal === 'SIGKILL' ? ['/F'] : [])], () => {});
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
