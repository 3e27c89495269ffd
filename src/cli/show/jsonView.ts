import type { TrainerEvent } from '../../protocol/trainer';
import type { Output } from '../terminal';
import type { RunView } from './view';

/** The trainer's events, one a line, for another program. */
export class JsonView implements RunView {
  readonly #out: Output;

  constructor(out: Output) {
    this.#out = out;
  }

  event(event: TrainerEvent): void {
    this.#out.write(`${JSON.stringify(event, nonFinite)}\n`);
  }

  log(): void {
    // in the run directory's log.txt
  }

  end(): void {
    // nothing is drawn over
  }
}

/** As the protocol writes what JSON has no word for. */
function nonFinite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
