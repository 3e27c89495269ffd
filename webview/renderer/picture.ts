import { adoptStyles, html, render } from 'lit';
import type { Disposable } from '../../src/common/disposable';
import type { RendererMessage, StepOutput } from '../../src/protocol/outputs';
import { reuse } from '../shared/reuse';
import { type Words, wordsFor } from '../shared/words';
import { frame } from './frame';
import { Tip } from '../shared/tip';
import { createBody, type StepBody } from './steps/body';
import { styles } from './styles';
import type { ViewContext } from './view';

/** What one output element shows: drawn whole once, patched from then on. */
export class Picture implements Disposable, ViewContext {
  readonly element: HTMLElement;
  readonly post: ViewContext['post'];
  readonly tip = new Tip();
  words: Words = wordsFor(document.documentElement.lang || 'en');
  readonly #host = document.createElement('div');
  readonly #root = this.#host.attachShadow({ mode: 'open' });
  #output: StepOutput | null = null;
  #body: StepBody | null = null;

  constructor(element: HTMLElement, post: ((message: RendererMessage) => void) | null) {
    this.element = element;
    this.post = post;
    this.#host.className = 'tunebook-step';
    adoptStyles(this.#root, styles);
  }

  /** `read` may throw: the text of an output can be anything. */
  show(read: () => unknown): void {
    // What an earlier renderer or an error left in the element goes; our own host stays where it is.
    if (this.#host.parentNode !== this.element || this.element.childNodes.length !== 1)
      this.element.replaceChildren(this.#host);
    let value: unknown;
    try {
      value = read();
    } catch {
      value = null;
    }
    if (!isStepOutput(value)) {
      this.#showUnreadable();
      return;
    }
    this.#output = reuse(this.#output, value);
    this.words = wordsFor(this.#output.language);
    this.redraw();
  }

  redraw(): void {
    const output = this.#output;
    if (output === null) return;
    if (this.#body?.step !== output.step) {
      this.#body?.dispose();
      this.#body = createBody(output.step, this);
    }
    render(frame(output, this, this.#body.render(output)), this.#root);
  }

  dispose(): void {
    this.#body?.dispose();
    this.#body = null;
    this.#output = null;
    this.tip.dispose();
    render(html``, this.#root);
    this.#host.remove();
  }

  #showUnreadable(): void {
    this.#body?.dispose();
    this.#body = null;
    this.#output = null;
    const { t } = this.words;
    render(
      html`<p class="empty">${t('This output was made by another version of Tunebook. Run the cell again.')}</p>`,
      this.#root,
    );
  }
}

/** Outputs come from our own extension; the version tells one that an older or newer one made. */
function isStepOutput(value: unknown): value is StepOutput {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1 && 'step' in value;
}
