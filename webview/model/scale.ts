import type { ModelMap } from './map/modelMap';

/** Thinner lines can't be seen. */
const THINNEST_PX = 2;
const SHORTEST_PX = 5;

export interface SideLength {
  readonly px: number;
  /** Drawn shorter than it is. */
  readonly broken: boolean;
}

/** How many features a pixel stands for: one number for the whole picture, so that all sizes can be compared. */
export class Scale {
  readonly featuresPerPx: number;
  readonly #longestPx: number;

  /** `longest`: of the sides that are drawn whole. */
  constructor(longest: number, longestPx: number) {
    this.featuresPerPx = Math.max(longest, 1) / longestPx;
    this.#longestPx = longestPx;
  }

  width(features: number): SideLength {
    return this.#side(features, 0.75);
  }

  height(features: number): SideLength {
    return this.#side(features, 0.42);
  }

  /** Vocabularies are ten times as long as anything else: they are cut, and stand for `share` of the longest. */
  #side(features: number, share: number): SideLength {
    const px = features / this.featuresPerPx;
    if (px > this.#longestPx * 1.02) return { px: Math.round(this.#longestPx * share), broken: true };
    return { px: Math.max(SHORTEST_PX, Math.round(px)), broken: false };
  }

  /** Thickness of LoRA's strips: true to r, as far as it can be seen. */
  rank(r: number): number {
    return Math.max(THINNEST_PX, Math.round((r / this.featuresPerPx) * 2) / 2);
  }

  /** Whether strips of this rank are drawn thicker than they are. */
  isThickened(r: number): boolean {
    return r / this.featuresPerPx < THINNEST_PX;
  }

  /** A round number of features whose bar is a good yardstick. */
  get yardstick(): { readonly features: number; readonly px: number } {
    const features = 2 ** Math.floor(Math.log2(this.featuresPerPx * 120));
    return { features, px: Math.round(features / this.featuresPerPx) };
  }
}

/** What the scale depends on, in features: of what stands in blocks, since vocabularies and tables of places are cut. */
export interface Extent {
  readonly longest: number;
  /** Of what stands side by side in one step, together. */
  readonly widestStep: number;
}

/** The most that the longest side may take, and the least that it needs to be seen. */
const MOST_PX = 340;
const LEAST_PX = 150;
/** What else stands in a line of a lane: norm, activation, the way out, arrows. */
const BESIDES_PX = 430;

/** As large as it can be with each lane in one line, where the width allows. */
export function scaleFor({ longest, widestStep }: Extent, widthPx: number): Scale {
  const inOneLine = ((widthPx - BESIDES_PX) * longest) / Math.max(1, widestStep);
  const least = Math.min(LEAST_PX, widthPx * 0.5);
  return new Scale(longest, Math.round(Math.min(MOST_PX, Math.max(least, inOneLine))));
}

export function extentOf({ towers }: ModelMap): Extent {
  const steps = towers
    .flatMap(({ stages }) => stages)
    .flatMap((stage) => (stage.kind === 'stack' ? stage.stack.kinds.flatMap(({ lanes }) => lanes) : []))
    .flatMap((lane) => lane.steps);
  const sides = steps.flat().flatMap(({ sides: own }) => (own === null ? [] : [own.inFeatures, own.outFeatures]));
  const widths = steps.map((step) => step.reduce((sum, { sides: own }) => sum + (own?.outFeatures ?? 0), 0));
  return { longest: Math.max(1, ...sides), widestStep: Math.max(1, ...widths) };
}
