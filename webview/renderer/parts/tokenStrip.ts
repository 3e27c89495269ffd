import type { ViewContext } from '../view';
import { type ChipToken, IGNORED, kindWord, tokenKind } from './tokenKind';
import { visibleLine, visibleText } from '../../shared/visibleText';

/**
 * Tokens as chips, one after the other like text. Thousands of them: they are made once for one list of tokens, and one
 * listener serves all. Arrow keys walk through them (roving tabindex); hover and focus show what is known of one.
 */
export class TokenStrip {
  readonly element = document.createElement('div');
  readonly #context: ViewContext;
  #tokens: readonly ChipToken[] = [];
  #chips: HTMLElement[] = [];
  #details = false;
  #current = 0;
  #language = '';

  constructor(context: ViewContext) {
    this.#context = context;
    this.element.className = 'strip';
    this.element.setAttribute('role', 'listbox');
    this.element.setAttribute('aria-orientation', 'horizontal');
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('focusin', (event) => this.#onPoint(event.target));
    this.element.addEventListener('focusout', () => this.#context.tip.hide());
    this.element.addEventListener('pointerover', (event) => this.#onPoint(event.target));
    this.element.addEventListener('pointerleave', () => this.#context.tip.hide());
    this.element.addEventListener('click', (event) => this.#onClick(event.target));
  }

  /** `details`: the label under each token. */
  show(tokens: readonly ChipToken[], label: string, details = false): HTMLElement {
    this.element.setAttribute('aria-label', label);
    const { language } = this.#context.words;
    if (tokens === this.#tokens && details === this.#details && language === this.#language) return this.element;
    const focused = this.#chips[this.#current]?.matches(':focus') === true;
    this.#tokens = tokens;
    this.#details = details;
    this.#language = language;
    this.#current = Math.max(0, Math.min(this.#current, tokens.length - 1));
    this.#chips = tokens.map((token, index) => this.#chip(token, index));
    this.element.classList.toggle('detailed', details);
    this.element.replaceChildren(...this.#chips.flatMap((chip, index) => this.#withBreak(chip, tokens[index])));
    if (focused) this.#chips[this.#current]?.focus();
    return this.element;
  }

  #chip(token: ChipToken, index: number): HTMLElement {
    const chip = document.createElement('span');
    chip.className = `token ${tokenKind(token)}${token.special ? ' special' : ''}`;
    chip.setAttribute('role', 'option');
    chip.setAttribute('aria-label', this.#spoken(token));
    chip.tabIndex = index === this.#current ? 0 : -1;
    chip.dataset['index'] = String(index);
    const text = document.createElement('span');
    text.className = 'token-text';
    for (const { text: piece, mark } of visibleText(token.text)) {
      if (mark === null) {
        text.append(piece);
        continue;
      }
      const space = document.createElement('span');
      space.className = 'space';
      space.dataset['mark'] = mark;
      // A line feed inside would break the chip; the break after it is made outside.
      if (piece !== '\n' && piece !== '\r') space.textContent = piece;
      text.append(space);
    }
    chip.append(text);
    if (this.#details) {
      const detail = document.createElement('span');
      detail.className = 'token-detail number';
      detail.textContent = labelText(token.label ?? token.id);
      chip.append(detail);
    }
    return chip;
  }

  #withBreak(chip: HTMLElement, token: ChipToken | undefined): HTMLElement[] {
    return token?.text.endsWith('\n') === true ? [chip, document.createElement('br')] : [chip];
  }

  #spoken(token: ChipToken): string {
    const { words } = this.#context;
    const kind = kindWord(tokenKind(token), words);
    return [
      visibleLine(token.text),
      words.t('id {0}', String(token.id)),
      kind,
      token.special ? words.t('special') : null,
    ]
      .filter((part) => part !== null)
      .join(', ');
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.#tokens.length - 1;
    const target = {
      ArrowRight: this.#current + 1,
      ArrowLeft: this.#current - 1,
      ArrowDown: this.#below(1),
      ArrowUp: this.#below(-1),
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    // The notebook would move to another cell.
    event.preventDefault();
    event.stopPropagation();
    this.#focus(Math.max(0, Math.min(target, last)));
  }

  /** The token nearest in the line above or below. */
  #below(direction: 1 | -1): number {
    const from = this.#chips[this.#current];
    if (from === undefined) return this.#current;
    const { left, top } = from.getBoundingClientRect();
    let best = this.#current;
    let bestTop: number | null = null;
    let distance = Infinity;
    for (let index = this.#current + direction; this.#chips[index] !== undefined; index += direction) {
      const box = this.#chips[index]?.getBoundingClientRect();
      if (box === undefined || Math.abs(box.top - top) < 2) continue;
      bestTop ??= box.top;
      if (Math.abs(box.top - bestTop) >= 2) break;
      if (Math.abs(box.left - left) < distance) {
        distance = Math.abs(box.left - left);
        best = index;
      }
    }
    return best;
  }

  #focus(index: number): void {
    this.#setCurrent(index);
    this.#chips[index]?.focus();
  }

  #setCurrent(index: number): void {
    const before = this.#chips[this.#current];
    if (before !== undefined) before.tabIndex = -1;
    this.#current = index;
    const now = this.#chips[index];
    if (now !== undefined) now.tabIndex = 0;
  }

  #onClick(target: EventTarget | null): void {
    const index = this.#indexOf(target);
    // Selecting text across chips must not be disturbed by a focus change.
    if (index !== null && getSelection()?.isCollapsed !== false) this.#focus(index);
  }

  #onPoint(target: EventTarget | null): void {
    const index = this.#indexOf(target);
    const token = index === null ? undefined : this.#tokens[index];
    const chip = index === null ? undefined : this.#chips[index];
    if (token === undefined || chip === undefined) return;
    this.#context.tip.show(chip, this.#facts(token));
  }

  #facts(token: ChipToken): [string, string][] {
    const { words } = this.#context;
    const { t } = words;
    const kind = kindWord(tokenKind(token), words);
    const facts: [string, string][] = [
      [t('Text'), visibleLine(token.text)],
      [t('Id'), String(token.id)],
    ];
    if (token.label !== undefined) facts.push([t('Label'), labelText(token.label)]);
    if (kind !== null) facts.push([t('Role'), token.special ? `${kind}, ${t('special')}` : kind]);
    else if (token.special) facts.push([t('Role'), t('special')]);
    return facts;
  }

  #indexOf(target: EventTarget | null): number | null {
    if (!(target instanceof Element)) return null;
    const index = target.closest<HTMLElement>('.token')?.dataset['index'];
    return index === undefined ? null : Number(index);
  }
}

function labelText(label: number): string {
  return label === IGNORED ? `−${-IGNORED}` : String(label);
}
