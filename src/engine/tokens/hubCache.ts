import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';

/** The Hub's cache on this machine: huggingface_hub/constants.py. */
export function hubCacheFolder(env: NodeJS.ProcessEnv): string {
  const own = env['HF_HUB_CACHE'] ?? env['HUGGINGFACE_HUB_CACHE'];
  if (own !== undefined) return expanded(own, env);
  const home = env['HF_HOME'] ?? path.join(env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'huggingface');
  return path.join(expanded(home, env), 'hub');
}

/**
 * The folder of a model that was downloaded before, or null: models--owner--name/snapshots/<commit>, where a branch or tag
 * stands for the commit that refs/<revision> names (huggingface_hub/file_download.py, try_to_load_from_cache).
 */
export async function cachedModel(name: string, revision: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const folder = path.join(hubCacheFolder(env), `models--${name.replaceAll('/', '--')}`);
  const commit = await readFile(path.join(folder, 'refs', revision), 'utf8').then(
    (text) => text.trim(),
    () => revision,
  );
  const snapshot = path.join(folder, 'snapshots', commit);
  return (await isThere(snapshot)) ? snapshot : null;
}

/** os.path.expandvars and expanduser */
function expanded(text: string, env: NodeJS.ProcessEnv): string {
  const filled = text.replace(/\$(\w+)|\$\{([^}]*)\}/g, (whole, bare?: string, braced?: string) => {
    return env[bare ?? braced ?? ''] ?? whole;
  });
  return filled.replace(/^~(?=$|[\\/])/, homedir());
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
