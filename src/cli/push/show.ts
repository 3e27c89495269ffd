import { message } from '../../common/message';
import type { PushProgress } from '../../engine/hub/progress';
import type { PushRequest, PushResult } from '../../engine/hub/push';
import { PHASE_WORDS } from '../../engine/hub/phaseWords';
import type { Context } from '../context';
import { bar } from '../show/bar';
import type { Terminal } from '../terminal';
import { bytes } from '../text/amounts';
import { printable } from '../text/printable';

/** Everything that would be sent, before it is. */
export function showPlan({ plan, repo, isPrivate }: PushRequest, terminal: Terminal): void {
  const { folder, files, leftOut, warnings } = plan;
  terminal.say(isPrivate ? message('{0} → {1} (private)', folder, repo) : message('{0} → {1} (public)', folder, repo));
  const cells = Math.max(...files.map(({ path }) => path.length));
  for (const file of files) terminal.line(`  ${printable(file.path).padEnd(cells)}  ${bytes(file.bytes)}`);
  for (const { path, why } of leftOut)
    terminal.line(terminal.dim(`  ${terminal.text(message('left out: {0} ({1})', path, terminal.text(why)))}`));
  for (const warning of warnings) terminal.problem(terminal.yellow(terminal.text(warning)));
}

/** Where nobody can be asked, whoever wrote the script has agreed. */
export async function agrees({ ask, terminal }: Context): Promise<boolean> {
  if (ask === null) return true;
  return /^(?:y|yes|是)$/i.test((await ask(`${terminal.text(message('Push these files? [y/N]'))} `)).trim());
}

const BAR_CELLS = 24;

/** One line that is drawn over; in a log one line a phase. */
export class PushView {
  readonly #terminal: Terminal;
  #drawn = false;
  #phase = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(progress: PushProgress): void {
    const { text } = this.#terminal;
    const say = text.bind(this.#terminal);
    switch (progress.kind) {
      case 'phase': {
        const words = say(PHASE_WORDS[progress.phase]);
        if (words !== this.#phase) this.#draw((this.#phase = words), true);
        return;
      }
      case 'waiting':
        return this.#draw(say(message('Waiting {0} s, then once more', progress.seconds)), true);
      case 'sent': {
        const { total, totalOf, path } = progress;
        const fraction = totalOf === 0 ? 1 : total / totalOf;
        const line = `${bar(fraction, BAR_CELLS)} ${bytes(total)} / ${bytes(totalOf)}  ${printable(path)}`;
        return this.#draw(line.slice(0, this.#terminal.columns - 1), false);
      }
    }
  }

  clear(): void {
    if (this.#drawn) this.#terminal.draw('\r\u001B[K');
    this.#drawn = false;
  }

  tell({ repo, url, commit, created, isPrivate, same, sent }: PushResult): void {
    const terminal = this.#terminal;
    if (commit === null) terminal.say(message('{0} has all of it already; nothing was sent.', repo));
    else if (created && isPrivate) terminal.say(message('Made {0}, private, and pushed {1} files.', repo, sent.length));
    else if (created) terminal.say(message('Made {0}, public, and pushed {1} files.', repo, sent.length));
    else terminal.say(message('Pushed {0} files to {1}; {2} were there already.', sent.length, repo, same.length));
    terminal.line(url);
  }

  #draw(text: string, isWorthALine: boolean): void {
    const terminal = this.#terminal;
    if (terminal.interactive) terminal.draw(`\r\u001B[K${text}`);
    else if (isWorthALine) terminal.line(text);
    this.#drawn = terminal.interactive;
  }
}
