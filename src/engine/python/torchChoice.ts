import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { lockedVersions } from './lock';

const exec = promisify(execFile);

export interface TorchChoice {
  /** Replaces the lock's line for torch; null: the lock as it is. */
  readonly requirement: string | null;
  readonly indexUrl: string | null;
  /** Roughly what will be downloaded. */
  readonly downloadBytes: number;
}

export async function hasNvidiaGpu(): Promise<boolean> {
  try {
    const { stdout } = await exec('nvidia-smi', ['-L'], { timeout: 10_000, windowsHide: true });
    return stdout.includes('GPU');
  } catch {
    return false;
  }
}

/**
 * torch for a machine without an NVIDIA GPU. On Linux the plain package brings 2.9 GB of CUDA libraries; a +cpu build is on
 * no default index, but an index or folder that pip is configured with may offer it, so pip is asked.
 */
export async function chooseTorch(
  python: string,
  lock: string,
  indexUrl: string | null,
  signal: AbortSignal,
): Promise<TorchChoice> {
  const version = lockedVersions(lock).get('torch');
  const plain: TorchChoice = { requirement: null, indexUrl, downloadBytes: process.platform === 'linux' ? 3e9 : 0.5e9 };
  if (version === undefined || process.platform !== 'linux') return plain;
  const requirement = `torch==${version}+cpu`;
  const index = indexUrl === null ? [] : ['--extra-index-url', indexUrl];
  const args = [
    '-m',
    'pip',
    'install',
    '--dry-run',
    '--no-deps',
    '--quiet',
    '--disable-pip-version-check',
    ...index,
    requirement,
  ];
  try {
    await exec(python, args, { timeout: 180_000, signal });
    return { requirement, indexUrl, downloadBytes: 0.5e9 };
  } catch {
    return plain;
  }
}
