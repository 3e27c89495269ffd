import { type Kind, KINDS } from '../tokenModel';

const NAMES = [...KINDS, 'special', 'ink', 'quiet'] as const;

/** What a canvas paints with: colours that CSS has worked out. */
export type Palette = Readonly<Record<Kind | 'special' | 'ink' | 'quiet', string>> & {
  /** Shapes have to tell what colours can't. */
  readonly highContrast: boolean;
};

/** Unseen elements whose `color` is a colour of the map: a canvas reads neither variables nor color-mix. */
export class PaletteProbe {
  readonly element = document.createElement('div');
  readonly #probes: readonly HTMLElement[];

  constructor() {
    this.element.className = 'hidden';
    this.element.setAttribute('aria-hidden', 'true');
    this.#probes = NAMES.map((name) => {
      const probe = document.createElement('span');
      probe.className = `paint ${name}`;
      return probe;
    });
    this.element.append(...this.#probes);
  }

  read(): Palette {
    const colors = Object.fromEntries(
      NAMES.map((name, index) => {
        const probe = this.#probes[index];
        return [name, probe === undefined ? 'gray' : getComputedStyle(probe).color];
      }),
    );
    const { classList } = document.body;
    const highContrast = classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light');
    // SAFETY: there is an entry for each of NAMES, which are the keys of Palette beside highContrast.
    return { ...colors, highContrast } as Palette;
  }
}
