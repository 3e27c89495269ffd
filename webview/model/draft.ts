import type { LoraChange, LoraSection } from './reckon';

/** After the last change, before it is written into the recipe. */
const DELAY_MS = 450;

/**
 * What is being changed in the panel and isn't in the recipe yet: counted at once, written once. The recipe has the last
 * word: what is typed there replaces it.
 */
export class Draft {
  readonly #write: (lora: LoraChange) => Promise<boolean>;
  readonly #onRefused: () => void;
  #values: LoraChange = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #recipe = '';

  /** `write` puts values into the recipe; false where that can't be done. */
  constructor(write: (lora: LoraChange) => Promise<boolean>, onRefused: () => void) {
    this.#write = write;
    this.#onRefused = onRefused;
  }

  get values(): LoraChange {
    return this.#values;
  }

  change(values: LoraChange, when: 'soon' | 'now'): void {
    this.#values = { ...this.#values, ...values };
    clearTimeout(this.#timer);
    if (when === 'now') void this.#flush();
    else this.#timer = setTimeout(() => void this.#flush(), DELAY_MS);
  }

  /** What the recipe says now. */
  follow(lora: LoraSection | null): void {
    const recipe = JSON.stringify(lora);
    if (recipe === this.#recipe) return;
    this.#recipe = recipe;
    // It is the answer to what was written, or somebody has typed there. What a hand is still moving stays until it is written.
    if (this.#timer === undefined) this.#values = {};
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const values = this.#values;
    if (Object.keys(values).length === 0) return;
    const written = await this.#write(values);
    if (written || this.#timer !== undefined) return;
    this.#values = {};
    this.#onRefused();
  }
}
