import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import * as path from 'node:path';

/** Where Tunebook keeps what it downloads: TUNEBOOK_CACHE, or the user's cache folder. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const set = env['TUNEBOOK_CACHE'];
  if (set) return path.resolve(set);
  const xdg = env['XDG_CACHE_HOME'];
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(env['HOME'] || homedir(), '.cache'), 'tunebook');
}

/**
 * One environment for each lock and Python version: another lock never changes an environment that a run may be using.
 */
export function environmentDirectory(
  lock: string,
  pythonVersion: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const digest = createHash('sha256').update(lock).update(pythonVersion).digest('hex').slice(0, 12);
  return path.join(cacheDirectory(env), `env-${digest}`);
}

export function interpreterIn(environment: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32'
    ? path.join(environment, 'Scripts', 'python.exe')
    : path.join(environment, 'bin', 'python');
}
