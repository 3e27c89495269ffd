import type { Terminal } from '../terminal';
import { cut } from '../text/width';

const ERASE_LINE = '\r\u001B[2K';

/** pip's lines while an environment is made: one line that changes, or one line a package where nothing can be drawn over. */
export class InstallView {
  readonly #terminal: Terminal;
  #what = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  progress(what: string, detail: string): void {
    const label = this.#terminal.text({ text: what, args: [] });
    if (this.#terminal.interactive) {
      this.#terminal.draw(ERASE_LINE + cut(`  ${label}: ${detail.trim()}`, this.#terminal.columns - 1));
      return;
    }
    if (what !== this.#what) this.#terminal.line(`  ${label}: ${detail.trim()}`);
    else if (/^\s*(?:Downloading|Installing collected)/.test(detail))
      this.#terminal.line(`    ${cut(detail.trim(), 100)}`);
    this.#what = what;
  }

  end(): void {
    if (this.#terminal.interactive) this.#terminal.draw(ERASE_LINE);
  }
}
