import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** What a script of tools/parity wrote. The caller says its shape. */
export function readParity(name: string): unknown {
  const file = fileURLToPath(new URL(`../fixtures/parity/${name}`, import.meta.url));
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}
