import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Logs and screenshots of a run; not kept in git. */
export const OUT = join(ROOT, 'out');
