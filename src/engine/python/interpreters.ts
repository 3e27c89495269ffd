import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** PyTorch 2.13 and transformers 5 need it. */
export const MINIMUM_PYTHON: readonly [number, number] = [3, 10];

export interface Interpreter {
  readonly path: string;
  /** "3.11.7" */
  readonly version: string;
  /** Versions of the packages asked for; null where one is missing. */
  readonly packages: Readonly<Record<string, string | null>>;
}

const PROBE = `
import json, sys
from importlib import metadata
def version(name):
    try: return metadata.version(name)
    except metadata.PackageNotFoundError: return None
print(json.dumps({"path": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3],
                  "packages": {name: version(name) for name in sys.argv[1:]}}))
`;

/** What is behind this path; null if it is no Python 3 that answers within ten seconds. */
export async function probeInterpreter(file: string, packages: readonly string[] = []): Promise<Interpreter | null> {
  try {
    const { stdout } = await exec(file, ['-I', '-c', PROBE, ...packages], { timeout: 10_000, windowsHide: true });
    // SAFETY: the probe above is the only writer of this line.
    return JSON.parse(stdout) as Interpreter;
  } catch {
    return null;
  }
}

export function isSupported({ version }: Pick<Interpreter, 'version'>): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > MINIMUM_PYTHON[0] || (major === MINIMUM_PYTHON[0] && minor >= MINIMUM_PYTHON[1]);
}

/** Interpreters of this machine that can hold the trainer, best first: of the folder, of the PATH, of pyenv and conda. */
export async function findInterpreters(
  folder: string | null,
  packages: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Promise<readonly Interpreter[]> {
  const candidates = [...inFolder(folder), ...onPath(env), ...(await inHomes(env))];
  const probed = await Promise.all(candidates.map((file) => probeInterpreter(file, packages)));
  const unique = new Map<string, Interpreter>();
  for (const interpreter of probed)
    if (interpreter !== null && isSupported(interpreter) && !unique.has(interpreter.path))
      unique.set(interpreter.path, interpreter);
  return [...unique.values()];
}

function inFolder(folder: string | null): string[] {
  return folder === null ? [] : ['.venv', 'venv', 'env'].map((name) => executable(path.join(folder, name)));
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  const names = process.platform === 'win32' ? ['python.exe'] : ['python3', 'python'];
  const active = [env['VIRTUAL_ENV'], env['CONDA_PREFIX']].filter((root) => root !== undefined && root !== '');
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  return [
    ...active.map((root) => executable(String(root))),
    ...folders.flatMap((entry) => names.map((name) => path.join(entry, name))),
  ];
}

async function inHomes(env: NodeJS.ProcessEnv): Promise<string[]> {
  const home = env['HOME'] || homedir();
  const roots = ['.pyenv/versions', 'miniconda3/envs', 'anaconda3/envs', '.conda/envs'].map((name) =>
    path.join(home, name),
  );
  const found = await Promise.all(
    roots.map((root) =>
      readdir(root).then(
        (names) => names.map((name) => executable(path.join(root, name))),
        () => [],
      ),
    ),
  );
  return found.flat();
}

function executable(root: string): string {
  return process.platform === 'win32' ? path.join(root, 'Scripts', 'python.exe') : path.join(root, 'bin', 'python');
}
