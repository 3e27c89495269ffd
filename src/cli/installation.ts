import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';

/** What ships beside dist/cli.cjs. */
export interface Installation {
  readonly version: string;
  /** Folder of the package `tunebook_trainer`. */
  readonly trainerSource: string;
  readonly samples: string;
  readLock(): Promise<string>;
}

/** `root`: the folder of package.json. */
export function installationAt(root: string): Installation {
  // SAFETY: the manifest is our own, and npm requires the field.
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    version,
    trainerSource: path.join(root, 'trainer', 'src'),
    samples: path.join(root, 'samples'),
    readLock: () => readFile(path.join(root, 'trainer', 'requirements.lock'), 'utf8'),
  };
}
