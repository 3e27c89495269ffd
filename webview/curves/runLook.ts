import { themeColor } from '../shared/theme';

/** Three ways in which one run differs from another on a chart: whoever doesn't see one of them has the others. */
export interface RunLook {
  /** A colour as a canvas takes it. */
  readonly color: string;
  /** Lengths of stroke and gap. */
  readonly dash: readonly number[];
  readonly glyph: Glyph;
}

export const GLYPHS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'down'] as const;
export type Glyph = (typeof GLYPHS)[number];

/** Around 0, 0, about 8 wide. */
export const GLYPH_PATHS: Readonly<Record<Glyph, string>> = {
  circle: 'M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0z',
  square: 'M-3.3 -3.3h6.6v6.6h-6.6z',
  triangle: 'M0 -4.2L4.2 3.2H-4.2z',
  diamond: 'M0 -4.6L4.6 0L0 4.6L-4.6 0z',
  cross: 'M-1.5 -4.2h3v2.7h2.7v3h-2.7v2.7h-3v-2.7h-2.7v-3h2.7z',
  down: 'M0 4.2L4.2 -3.2H-4.2z',
};

const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [12, 4], [5, 2, 1, 2]];
/** As many as styles/page.ts has --run-1, --run-2, … */
const COLORS = 6;

/** `index`: of the run among those of the panel, hidden ones too: hiding one recolours no other. */
export function runLook(index: number, element: Element): RunLook {
  return {
    color: themeColor(element, runVariable(index), '#888888'),
    // A seventh run has the first one's colour and not its stroke.
    dash: DASHES[(index + Math.floor(index / COLORS)) % DASHES.length] ?? [],
    glyph: GLYPHS[index % GLYPHS.length] ?? 'circle',
  };
}

export function runVariable(index: number): `--run-${number}` {
  return `--run-${(index % COLORS) + 1}`;
}
