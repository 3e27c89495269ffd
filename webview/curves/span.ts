/** A part of the x axis. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

/** The part of `whole` around `at` that is `factor` times as wide as `span`; null when that is all. */
export function zoomed(span: Span, whole: Span, at: number, factor: number): Span | null {
  const width = Math.max((span.max - span.min) * factor, smallest(whole));
  const share = (at - span.min) / (span.max - span.min || 1);
  return within({ min: at - share * width, max: at + (1 - share) * width }, whole);
}

/** Moved by a share of its width, as far as there is something. */
export function moved(span: Span, whole: Span, share: number): Span | null {
  const by = (span.max - span.min) * share;
  const allowed = Math.min(Math.max(by, whole.min - span.min), whole.max - span.max);
  return within({ min: span.min + allowed, max: span.max + allowed }, whole);
}

/** `span` as far as it lies in `whole`, and never narrower than what can still be told apart; null when that is all. */
export function within(span: Span, whole: Span): Span | null {
  const width = Math.max(span.max - span.min, smallest(whole));
  if (width >= whole.max - whole.min) return null;
  const min = Math.min(Math.max(span.min, whole.min), whole.max - width);
  return { min, max: min + width };
}

/** A millionth, and never less than one step of many. */
function smallest({ min, max }: Span): number {
  return Math.min(max - min, Math.max((max - min) * 1e-6, 1));
}
