import type { EventOf, TrainerEvent } from '../../protocol/trainer';
import type { Terminal } from '../terminal';
import { clock } from '../text/amounts';
import { cut } from '../text/width';
import { bar } from './bar';
import { metricsText } from './metricsText';
import { PlainView } from './plainView';
import type { RunView } from './view';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const BAR_CELLS = 24;
const ERASE_LINE = '\r\u001B[2K';

/** The plain lines, with one line below them that is drawn over: what is being done, how far, how long it still takes. */
export class LiveView implements RunView {
  readonly #terminal: Terminal;
  readonly #lines: PlainView;
  readonly #timer: NodeJS.Timeout;
  #frame = 0;
  #running = false;
  #startedAt = 0;
  #progress: EventOf<'progress'> | null = null;
  #started: EventOf<'trainStarted'> | null = null;
  #metrics: EventOf<'metrics'> | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#lines = new PlainView(terminal);
    this.#timer = setInterval(() => this.#draw(), FRAME_MS);
    this.#timer.unref();
  }

  event(event: TrainerEvent): void {
    this.#remember(event);
    if (event.type === 'progress' || event.type === 'metrics') return;
    this.#terminal.draw(ERASE_LINE);
    this.#lines.event(event);
  }

  log(): void {
    // in the run directory's log.txt
  }

  end(): void {
    clearInterval(this.#timer);
    this.#running = false;
    this.#terminal.draw(ERASE_LINE);
  }

  #remember(event: TrainerEvent): void {
    if (event.type === 'progress') this.#progress = event;
    else if (event.type === 'metrics') this.#metrics = event;
    else if (event.type === 'trainStarted') [this.#started, this.#metrics] = [event, null];
    else if (event.type === 'stepStarted') {
      this.#running = true;
      // also of a step that began before somebody looked; a clock that was set back since counts from now
      this.#startedAt = Math.min(event.t * 1000, Date.now());
      [this.#progress, this.#started, this.#metrics] = [null, null, null];
    } else if (event.type === 'stepFinished' || event.type === 'stepFailed') this.#running = false;
  }

  #draw(): void {
    if (!this.#running) return;
    this.#frame = (this.#frame + 1) % FRAMES.length;
    // one cell less than there is: a full line would wrap and could not be erased
    const text = cut(`  ${FRAMES[this.#frame]} ${this.#status()}`, this.#terminal.columns - 1);
    this.#terminal.draw(ERASE_LINE + text);
  }

  #status(): string {
    const elapsed = clock((Date.now() - this.#startedAt) / 1000);
    if (this.#started !== null) {
      const { totalSteps } = this.#started;
      const now = this.#metrics?.trainStep ?? 0;
      const metrics =
        this.#metrics === null ? elapsed : metricsText(this.#metrics, (words) => this.#terminal.text(words));
      return `${bar(now / Math.max(1, totalSteps), BAR_CELLS)} ${now}/${totalSteps}  ${metrics}`;
    }
    if (this.#progress === null) return elapsed;
    const { what, current, total } = this.#progress;
    const label = this.#terminal.text({ text: what, args: [] });
    if (current === null || total === null || total <= 0) return `${label}  ${elapsed}`;
    return `${bar(current / total, BAR_CELLS)} ${label} ${current}/${total}  ${elapsed}`;
  }
}
