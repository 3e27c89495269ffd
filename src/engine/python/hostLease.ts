import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Disposable } from '../../common/disposable';
import { RUN_FILES } from '../runDirectory';

/** The trainer takes a lease that stays the same for 30 s for one of a host that has gone. */
const RENEW_EVERY_MS = 5_000;

/**
 * Tells a trainer that somebody who has attached is there: an idle one waits then. A file whose content changes; the trainer
 * judges by its own clock. Where it can't be written the trainer ends when its work does, and nothing is lost.
 */
export class HostLease implements Disposable {
  readonly #file: string;
  readonly #timer: NodeJS.Timeout;
  #count = 0;
  #disposed = false;

  constructor(runDirectory: string) {
    const hosts = path.join(runDirectory, RUN_FILES.hosts);
    this.#file = path.join(hosts, `${process.pid}-${randomBytes(4).toString('hex')}`);
    this.#timer = setInterval(() => void this.#renew(), RENEW_EVERY_MS);
    this.#timer.unref();
    // Not with `recursive`: a run that was deleted must not come back as an empty folder.
    void mkdir(hosts).then(
      () => this.#renew(),
      () => this.#renew(),
    );
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    this.#remove();
  }

  async #renew(): Promise<void> {
    if (this.#disposed) return;
    await writeFile(this.#file, String(this.#count++)).catch(() => {});
    if (this.#disposed) this.#remove();
  }

  #remove(): void {
    try {
      // At once: the host may be ending.
      unlinkSync(this.#file);
    } catch {
      // never written, or gone with its run
    }
  }
}
