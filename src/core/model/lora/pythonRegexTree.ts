/** A regular expression of Python's `re` as a tree. Characters are code points. */
export type Regex =
  | { readonly kind: 'set'; readonly has: (code: number) => boolean }
  | { readonly kind: 'all'; readonly parts: readonly Regex[] }
  | { readonly kind: 'either'; readonly branches: readonly Regex[] }
  | {
      readonly kind: 'repeat';
      readonly body: Regex;
      readonly min: number;
      readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'group'; readonly index: number; readonly body: Regex }
  | { readonly kind: 'atomic'; readonly body: Regex }
  /** `back`: characters to go back before the body is tried; 0 for a look ahead. */
  | { readonly kind: 'look'; readonly back: number; readonly negative: boolean; readonly body: Regex }
  | { readonly kind: 'at'; readonly where: 'start' | 'lineStart' | 'end' | 'lineEnd' | 'textEnd' | 'word' | 'notWord' }
  | { readonly kind: 'again'; readonly index: number; readonly ignoreCase: boolean }
  | { readonly kind: 'if'; readonly index: number; readonly yes: Regex; readonly no: Regex };

export interface ParsedRegex {
  readonly root: Regex;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

/** What re.compile refuses, in Python's words. */
export class RegexError extends Error {}

/** Characters that a piece takes, at least and at most (sre_parse's getwidth): a look behind must have one length. */
export function widthOf(
  regex: Regex,
  groups: ReadonlyMap<number, readonly [number, number]>,
): readonly [number, number] {
  switch (regex.kind) {
    case 'set':
      return [1, 1];
    case 'at':
    case 'look':
      return [0, 0];
    case 'all':
      return regex.parts.reduce<readonly [number, number]>(
        ([low, high], part) => {
          const [partLow, partHigh] = widthOf(part, groups);
          return [low + partLow, high + partHigh];
        },
        [0, 0],
      );
    case 'either':
      return wider(regex.branches.map((branch) => widthOf(branch, groups)));
    case 'if':
      return wider([widthOf(regex.yes, groups), widthOf(regex.no, groups)]);
    case 'repeat': {
      const [low, high] = widthOf(regex.body, groups);
      return [low * regex.min, high === 0 ? 0 : high * regex.max];
    }
    case 'again':
      return groups.get(regex.index) ?? [0, 0];
    case 'group':
    case 'atomic':
      return widthOf(regex.body, groups);
  }
}

function wider(widths: readonly (readonly [number, number])[]): readonly [number, number] {
  return [Math.min(...widths.map(([low]) => low)), Math.max(...widths.map(([, high]) => high))];
}
