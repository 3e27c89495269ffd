import { DisposableStore, type Disposable } from '../../../src/common/disposable';
import type { ViewContext } from '../context';
import { spokenToken, tokenFacts } from '../tokenFacts';
import type { BatchModel, Token, TokenPlace } from '../tokenModel';
import { Blocks } from './blocks';
import type { Cells } from './cells';
import { moved } from './moves';
import { TextCells } from './textCells';

export type Zoom = 'blocks' | 'text';

/**
 * The tokens of a batch. One tab stop; the keys move through the tokens, of which only the one they are at is there for
 * assistive technology (aria-activedescendant): thousands of options would stop it.
 */
export class HeatMap implements Disposable {
  readonly element = document.createElement('div');
  readonly #context: ViewContext;
  readonly #onMove: () => void;
  readonly #option = document.createElement('div');
  readonly #store = new DisposableStore();
  #cells: Cells | null = null;
  #zoom: Zoom | null = null;
  #language = '';
  #model: BatchModel | null = null;
  place: TokenPlace = { sequence: 0, index: 0 };

  /** `onMove`: the keys or a click came to another token. */
  constructor(context: ViewContext, onMove: () => void) {
    this.#context = context;
    this.#onMove = onMove;
    this.element.className = 'map';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'listbox');
    this.element.setAttribute('aria-activedescendant', 'current-token');
    this.#option.id = 'current-token';
    this.#option.className = 'hidden';
    this.#option.setAttribute('role', 'option');
    this.#option.setAttribute('aria-selected', 'true');
    this.#listen('keydown', (event) => this.#onKey(event));
    this.#listen('focus', () => this.#mark(this.place));
    this.#listen('blur', () => this.#mark(null));
    this.#listen('pointermove', (event) => this.#onPoint(event));
    this.#listen('pointerleave', () => this.#point(null));
    this.#listen('click', (event) => this.#onClick(event));
  }

  /** The token that the keys are at; null in an empty batch. */
  get current(): Token | null {
    return this.#model?.token(this.place) ?? null;
  }

  show(model: BatchModel, zoom: Zoom): HTMLElement {
    const { words } = this.#context;
    this.element.setAttribute('aria-label', words.t('Tokens of the batch'));
    if (model === this.#model && zoom === this.#zoom && words.language === this.#language) return this.element;
    if (zoom !== this.#zoom || words.language !== this.#language) {
      this.#cells?.dispose();
      this.#cells = zoom === 'blocks' ? new Blocks() : new TextCells(words);
      this.#cells.element.setAttribute('aria-hidden', 'true');
      this.element.replaceChildren(this.#cells.element, this.#option);
    }
    this.#zoom = zoom;
    this.#language = words.language;
    this.#model = model;
    this.#context.tip.hide();
    this.#cells?.show(model);
    if (this.current === null) this.place = { sequence: 0, index: 0 };
    this.#describe();
    if (this.#focused) this.#mark(this.place);
    return this.element;
  }

  /** Asks for the row or the template line of the current token. */
  open(what: 'row' | 'template', focus: boolean): void {
    const token = this.current;
    if (token === null) return;
    const line = what === 'row' ? (token.part?.line ?? null) : token.templateLine;
    if (line !== null) this.#context.ask(what === 'row' ? 'showRow' : 'showTemplate', { line, focus });
  }

  dispose(): void {
    this.#store.dispose();
    this.#cells?.dispose();
  }

  get #focused(): boolean {
    return this.element.matches(':focus');
  }

  #onKey(event: KeyboardEvent): void {
    const model = this.#model;
    if (model === null || this.#cells === null || event.altKey || event.metaKey) return;
    if (!event.ctrlKey && (event.key === 'Enter' || event.key.toLowerCase() === 't')) {
      event.preventDefault();
      this.open(event.key === 'Enter' ? 'row' : 'template', true);
      return;
    }
    const target = moved(event, this.place, model, this.#cells);
    if (target === null) return;
    event.preventDefault();
    this.#moveTo(target);
    this.#cells.scrollToMark();
    this.#tell(this.place);
  }

  #onPoint(event: PointerEvent): void {
    this.#point(this.#cells?.placeAt(event) ?? null);
  }

  #onClick(event: MouseEvent): void {
    const place = this.#cells?.placeAt(event) ?? null;
    // Selecting text is no click on a token.
    if (place === null || getSelection()?.isCollapsed === false) return;
    this.#moveTo(place);
    this.open(event.altKey || event.ctrlKey || event.metaKey ? 'template' : 'row', false);
  }

  #point(place: TokenPlace | null): void {
    this.#cells?.point(place);
    if (place === null) this.#context.tip.hide();
    else this.#tell(place);
  }

  #moveTo(place: TokenPlace): void {
    this.place = place;
    this.#mark(place);
    this.#describe();
    this.#onMove();
  }

  #mark(place: TokenPlace | null): void {
    this.#cells?.mark(place);
    if (place === null) this.#context.tip.hide();
  }

  #tell(place: TokenPlace): void {
    const token = this.#model?.token(place) ?? null;
    const anchor = this.#cells?.anchorOf(place) ?? null;
    if (token !== null && anchor !== null) this.#context.tip.show(anchor, tokenFacts(token, this.#context.words));
  }

  #describe(): void {
    const token = this.current;
    this.#option.hidden = token === null;
    if (token === null) return;
    this.#option.setAttribute('aria-label', spokenToken(token, this.#context.words));
    this.#option.setAttribute('aria-posinset', String(token.index + 1));
    this.#option.setAttribute('aria-setsize', String(this.#model?.lengthOf(token.sequence) ?? 0));
  }

  #listen<K extends keyof HTMLElementEventMap>(name: K, act: (event: HTMLElementEventMap[K]) => void): void {
    this.element.addEventListener(name, act);
    this.#store.add({ dispose: () => this.element.removeEventListener(name, act) });
  }
}
