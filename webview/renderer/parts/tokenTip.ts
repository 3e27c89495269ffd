import type { Disposable } from '../../../src/common/disposable';

/** Gap between a token and its tip, and between the tip and the edge of the window, in pixels. */
const GAP = 6;

/** The one tip of a picture: what is known of the token under the pointer or the focus. In the top layer, so nothing cuts it off. */
export class TokenTip implements Disposable {
  readonly element = document.createElement('div');
  #anchor: Element | null = null;
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.hide();
  };

  constructor() {
    this.element.className = 'tip';
    this.element.setAttribute('role', 'tooltip');
    this.element.popover = 'manual';
  }

  show(anchor: Element, lines: readonly (readonly [string, string])[]): void {
    this.#anchor = anchor;
    const list = document.createElement('dl');
    for (const [name, value] of lines) {
      const dt = document.createElement('dt');
      dt.textContent = name;
      const dd = document.createElement('dd');
      dd.textContent = value;
      list.append(dt, dd);
    }
    this.element.replaceChildren(list);
    if (!this.element.matches(':popover-open')) {
      this.element.showPopover();
      // Content on hover can be dismissed without moving the pointer (WCAG 1.4.13).
      document.addEventListener('keydown', this.#onKey);
    }
    this.#place(anchor);
  }

  hide(anchor?: Element): void {
    if (anchor !== undefined && anchor !== this.#anchor) return;
    this.#anchor = null;
    document.removeEventListener('keydown', this.#onKey);
    if (this.element.isConnected && this.element.matches(':popover-open')) this.element.hidePopover();
  }

  dispose(): void {
    this.hide();
  }

  #place(anchor: Element): void {
    // A token that is wrapped has several boxes; its first one is where the eye is.
    const box = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = Math.max(GAP, Math.min(box.left, window.innerWidth - width - GAP));
    const above = box.top - height - GAP;
    this.element.style.left = `${left}px`;
    this.element.style.top = `${above >= GAP ? above : box.bottom + GAP}px`;
  }
}
