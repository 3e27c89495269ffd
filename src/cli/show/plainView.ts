import { message } from '../../common/message';
import type { TrainerEvent } from '../../protocol/trainer';
import type { Terminal } from '../terminal';
import { clock } from '../text/amounts';
import { printable } from '../text/printable';
import { metricsText } from './metricsText';
import { sentenceOf, stepTitle } from './sentences';
import type { RunView } from './view';

/** Lines that stay: for a file, a pipe or a CI log. */
export class PlainView implements RunView {
  readonly #terminal: Terminal;
  #totalSteps = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  event(event: TrainerEvent): void {
    switch (event.type) {
      case 'stepStarted':
        return this.#terminal.line(this.#terminal.bold(this.#terminal.text(stepTitle(event.step))));
      case 'stepFinished':
        return this.#indented(this.#terminal.dim(this.#terminal.text(done(event.durationMs))));
      case 'metrics':
        return this.#indented(
          `${event.trainStep}/${this.#totalSteps}  ${metricsText(event, (words) => this.#terminal.text(words))}`,
        );
      case 'trainStarted':
        this.#totalSteps = event.totalSteps;
        return this.#sentence(event);
      default:
        return this.#sentence(event);
    }
  }

  log(): void {
    // in the run directory's log.txt
  }

  end(): void {
    // nothing is drawn over
  }

  #sentence(event: TrainerEvent): void {
    const sentence = sentenceOf(event);
    if (sentence === null) return;
    const text = printable(this.#terminal.text(sentence));
    this.#indented(event.type === 'warning' ? this.#terminal.yellow(`! ${text}`) : text);
  }

  #indented(text: string): void {
    this.#terminal.line(`  ${text}`);
  }
}

function done(durationMs: number) {
  return message('done in {0}', durationMs < 10_000 ? `${(durationMs / 1000).toFixed(1)} s` : clock(durationMs / 1000));
}
