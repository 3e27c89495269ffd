import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { isPlainObject } from '../../protocol/shape';

/** `model_type` of a local model; null for one of the Hub. */
export async function modelTypeIn(folder: string): Promise<string | null> {
  try {
    const config: unknown = JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8'));
    return isPlainObject(config) && typeof config['model_type'] === 'string' ? config['model_type'] : null;
  } catch {
    return null;
  }
}
