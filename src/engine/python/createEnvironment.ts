import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as path from 'node:path';
import { message } from '../../common/message';
import { EngineError } from '../engineError';
import { environmentDirectory, interpreterIn } from './cacheDirectory';
import { findInterpreters, type Interpreter, isSupported, probeInterpreter } from './interpreters';
import { type RunTool, runTool } from './runTool';
import { chooseTorch, hasNvidiaGpu, type TorchChoice } from './torchChoice';

/** Its presence says that the environment is whole: it is written last. */
export const COMPLETE_MARKER = '.complete';
const STALE_LOCK_MS = 60_000;

export interface EnvironmentRequest {
  /** Text of trainer/requirements.lock. */
  readonly lock: string;
  /** Interpreter to build on; null: the best one found. */
  readonly basePython: string | null;
  readonly torchIndexUrl: string | null;
  readonly signal: AbortSignal;
  /** `what` is a key of the l10n bundle; `detail` the line of pip behind it. */
  onProgress(what: string, detail: string): void;
}

export interface ReadyEnvironment {
  readonly python: string;
  readonly directory: string;
  readonly created: boolean;
}

/** The environment for this lock if it is there and whole. */
export async function existingEnvironment(lock: string, base: Interpreter): Promise<ReadyEnvironment | null> {
  return wholeIn(environmentDirectory(lock, base.version));
}

/** The interpreter is looked at too: it is a link, and what it leads to may have been removed since. */
async function wholeIn(directory: string): Promise<ReadyEnvironment | null> {
  const python = interpreterIn(directory);
  try {
    await Promise.all([stat(path.join(directory, COMPLETE_MARKER)), stat(python)]);
    return { python, directory, created: false };
  } catch {
    return null;
  }
}

/** Interpreter that an environment would be built on. Throws an EngineError if there is none. */
export async function baseInterpreter(basePython: string | null): Promise<Interpreter> {
  if (basePython !== null) {
    const probed = await probeInterpreter(basePython);
    if (probed !== null && isSupported(probed)) return probed;
    throw new EngineError(
      'noPython',
      message('{0} is no Python 3.10 or newer. Choose another interpreter.', basePython),
    );
  }
  const [first] = await findInterpreters(null);
  if (first !== undefined) return first;
  throw new EngineError(
    'noPython',
    message('No Python 3.10 or newer was found. Install one from python.org or with your system’s package manager.'),
  );
}

/** Makes the trainer's environment, or returns it if it is there. Cancelled or failed: the half-made one is remade next time. */
export async function createEnvironment(request: EnvironmentRequest): Promise<ReadyEnvironment> {
  const base = await baseInterpreter(request.basePython);
  const directory = environmentDirectory(request.lock, base.version);
  const existing = await wholeIn(directory);
  if (existing !== null) return existing;
  await mkdir(path.dirname(directory), { recursive: true });
  return withLock(`${directory}.lock`, request.signal, async () => {
    const made = await wholeIn(directory);
    if (made !== null) return made;
    await rm(directory, { recursive: true, force: true });
    await build(directory, base, request);
    return { python: interpreterIn(directory), directory, created: true };
  });
}

async function build(directory: string, base: Interpreter, request: EnvironmentRequest): Promise<void> {
  const { onProgress, signal } = request;
  const run: RunTool = (file, args, what) => runTool(file, args, { signal, onLine: (line) => onProgress(what, line) });
  onProgress('Creating the Python environment', directory);
  await run(base.path, ['-m', 'venv', directory], 'Creating the Python environment');
  const python = interpreterIn(directory);
  const torch: TorchChoice = (await hasNvidiaGpu())
    ? { requirement: null, indexUrl: request.torchIndexUrl, downloadBytes: 3e9 }
    : await chooseTorch(python, request.lock, request.torchIndexUrl, signal);
  const requirements = path.join(directory, 'requirements.txt');
  await writeFile(requirements, requirementsWith(request.lock, torch.requirement));
  onProgress('Downloading packages', `about ${(torch.downloadBytes / 1e9).toFixed(1)} GB`);
  const index = torch.indexUrl === null ? [] : ['--extra-index-url', torch.indexUrl];
  await run(
    python,
    [
      '-m',
      'pip',
      'install',
      '--disable-pip-version-check',
      '--no-input',
      '--progress-bar',
      'off',
      ...index,
      '-r',
      requirements,
    ],
    'Installing packages',
  );
  // Renamed into place: a reader never sees a half-written marker
  await writeFile(path.join(directory, `${COMPLETE_MARKER}.new`), `${new Date().toISOString()}\n`);
  await rename(path.join(directory, `${COMPLETE_MARKER}.new`), path.join(directory, COMPLETE_MARKER));
}

function requirementsWith(lock: string, torch: string | null): string {
  return torch === null ? lock : lock.replace(/^torch==\S+$/m, torch);
}

/** One creator at a time, also of two machines that share a home. A lock whose owner died is taken over, at the latest after a minute. */
async function withLock<T>(file: string, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  while (!(await tryLock(file))) {
    if (signal.aborted) throw new EngineError('cancelled', message('Cancelled.'));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), STALE_LOCK_MS / 4);
  try {
    return await act();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(`${process.pid} ${hostname()}`);
    await handle.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > STALE_LOCK_MS || !(await ownerLives(file))) await rm(file, { force: true });
    return false;
  }
}

async function ownerLives(file: string): Promise<boolean> {
  const [, pidText, host] = /^(\d+) (.+)$/.exec(await readFile(file, 'utf8').catch(() => '')) ?? [];
  const pid = Number(pidText);
  // just being written, or by a process that can't be seen from here: only its age tells
  if (!(pid > 0) || host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
