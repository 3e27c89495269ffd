import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { hubCacheFolder } from '../tokens/hubCache';

/** huggingface_hub/constants.py, ENV_VARS_TRUE_VALUES */
const TRUE = /^(?:1|on|yes|true)$/i;

/** HF_HUB_OFFLINE, or TRANSFORMERS_OFFLINE that it is called too (huggingface_hub/constants.py). */
export function hubIsOff(env: NodeJS.ProcessEnv): boolean {
  return TRUE.test(env['HF_HUB_OFFLINE'] ?? '') || TRUE.test(env['TRANSFORMERS_OFFLINE'] ?? '');
}

/** HF_ENDPOINT, for mirrors; without the slash at its end. */
export function hubEndpoint(env: NodeJS.ProcessEnv): string {
  return (env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/+$/, '');
}

const PART = String.raw`\b[\w\-.]{1,96}\b`;
const NAME = new RegExp(`^(?:${PART}/)?${PART}$`);

/** Whether a text may name a model: huggingface_hub/utils/_validators.py, validate_repo_id. */
export function isHubName(name: string): boolean {
  return NAME.test(name) && !name.includes('--') && !name.includes('..') && !name.endsWith('.git');
}

/**
 * The person's token: HF_TOKEN, or the file that `hf auth login` writes (huggingface_hub/utils/_auth.py, get_token). Null where
 * there is none or HF_HUB_DISABLE_IMPLICIT_TOKEN asks not to use it.
 */
export async function hubToken(env: NodeJS.ProcessEnv): Promise<string | null> {
  if (TRUE.test(env['HF_HUB_DISABLE_IMPLICIT_TOKEN'] ?? '')) return null;
  const set = cleaned(env['HF_TOKEN'] || env['HUGGING_FACE_HUB_TOKEN'] || '');
  if (set !== null) return set;
  return readFile(tokenFile(env), 'utf8').then(cleaned, () => null);
}

function tokenFile(env: NodeJS.ProcessEnv): string {
  const own = env['HF_TOKEN_PATH'];
  if (own !== undefined) return path.resolve(own.replace(/^~(?=$|[\\/])/, homedir()));
  return path.join(hubHome(env), 'token');
}

/** HF_HOME: the folder that holds the cache by default. */
function hubHome(env: NodeJS.ProcessEnv): string {
  const { HF_HUB_CACHE: _, HUGGINGFACE_HUB_CACHE: __, ...rest } = env;
  return path.dirname(hubCacheFolder(rest));
}

/** A header's value can't hold line ends; huggingface_hub takes them away too. */
function cleaned(token: string): string | null {
  const text = token.replace(/[\r\n]/g, '').trim();
  return /^[\u0021-\u007e]+$/.test(text) ? text : null;
}
