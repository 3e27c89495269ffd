import { css } from 'lit';
import type { Disposable } from '../../src/common/disposable';

/** Gap between what is explained and its tip, and between the tip and the edge of the window, in pixels. */
const GAP = 6;

/** What a tip stands at: an element, or a place in a picture. */
export interface Anchor {
  getClientRects(): ArrayLike<DOMRect>;
  getBoundingClientRect(): DOMRect;
}

/** The one tip of a view: what is known of the thing under the pointer or the focus. In the top layer, so nothing cuts it off. */
export class Tip implements Disposable {
  readonly element = document.createElement('div');
  #anchor: Anchor | null = null;
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.hide();
  };

  constructor() {
    this.element.className = 'tip';
    this.element.setAttribute('role', 'tooltip');
    this.element.popover = 'manual';
  }

  /** Names and values below each other. */
  show(anchor: Anchor, lines: readonly (readonly [string, string])[]): void {
    const list = document.createElement('dl');
    for (const [name, value] of lines) {
      const dt = document.createElement('dt');
      dt.textContent = name;
      const dd = document.createElement('dd');
      dd.textContent = value;
      list.append(dt, dd);
    }
    this.open(anchor, list);
  }

  /** A sentence. */
  say(anchor: Anchor, text: string): void {
    this.open(anchor, document.createTextNode(text));
  }

  /** Whatever a view has made for it. */
  open(anchor: Anchor, content: Node): void {
    this.#anchor = anchor;
    this.element.replaceChildren(content);
    if (!this.element.matches(':popover-open')) {
      this.element.showPopover();
      // Content on hover can be dismissed without moving the pointer (WCAG 1.4.13).
      document.addEventListener('keydown', this.#onKey);
    }
    this.#place(anchor);
  }

  hide(anchor?: Anchor): void {
    if (anchor !== undefined && anchor !== this.#anchor) return;
    this.#anchor = null;
    document.removeEventListener('keydown', this.#onKey);
    if (this.element.isConnected && this.element.matches(':popover-open')) this.element.hidePopover();
  }

  dispose(): void {
    this.hide();
  }

  #place(anchor: Anchor): void {
    // Text that is wrapped has several boxes; its first one is where the eye is.
    const box = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = Math.max(GAP, Math.min(box.left, window.innerWidth - width - GAP));
    const above = box.top - height - GAP;
    this.element.style.left = `${left}px`;
    this.element.style.top = `${above >= GAP ? above : box.bottom + GAP}px`;
  }
}

export const tipStyle = css`
  .tip {
    position: fixed;
    inset: auto;
    margin: 0;
    max-width: min(380px, 90vw);
    padding: 6px 10px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--line));
    border-radius: 5px;
    background: var(--vscode-editorHoverWidget-background, Canvas);
    color: var(--vscode-editorHoverWidget-foreground, var(--ink));
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
    pointer-events: none;
  }
  .tip dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 12px;
  }
  .tip dd {
    font-family: var(--mono);
    overflow-wrap: anywhere;
  }
`;
