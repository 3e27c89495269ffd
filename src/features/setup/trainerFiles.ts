import { readFile } from 'node:fs/promises';
import * as path from 'node:path';

/** The Python package that comes with the extension. */
export class TrainerFiles {
  readonly source: string;
  readonly #lockFile: string;
  #lock: string | null = null;

  constructor(extensionPath: string) {
    this.source = path.join(extensionPath, 'trainer', 'src');
    this.#lockFile = path.join(extensionPath, 'trainer', 'requirements.lock');
  }

  /** The exact versions that training was tested with. */
  async lock(): Promise<string> {
    this.#lock ??= await readFile(this.#lockFile, 'utf8');
    return this.#lock;
  }
}
