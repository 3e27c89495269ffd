import type { FormatSnapshot } from '../../src/protocol/formatPanel';

type Kind = NonNullable<FormatSnapshot['job']>['kind'] | null;

/** What had the focus goes when a conversion begins or ends: the focus follows to what has come, for the keyboard's sake. */
export class FocusFollower {
  readonly #root: ShadowRoot;
  #shown: Kind | undefined;

  constructor(root: ShadowRoot) {
    this.#root = root;
  }

  /** After each drawing. */
  follow(job: FormatSnapshot['job']): void {
    const kind = job?.kind ?? null;
    const before = this.#shown;
    this.#shown = kind;
    // Nothing had the focus before the first conversion; "exists" asks below the same field.
    if (before === undefined || before === kind || kind === 'exists') return;
    if (kind === 'running') this.#focus('#running-title');
    else if (kind === 'done') this.#focus('#report-title');
    else if (before === 'running' || before === 'done') this.#focus('#target');
  }

  #focus(selector: string): void {
    const found = this.#root.querySelector(selector);
    if (found instanceof HTMLElement) found.focus();
  }
}
