/**
 * Whether spaces at a token's ends belong to its place in the text. The post-processor decides it, even where it adds no
 * special tokens (process_offsets in tokenizers/src/pre_tokenizers/byte_level.rs).
 */
import { charLength } from './align';
import { flagAt, listAt, typeOf } from './tokenizerJson';
import { unknownComponent } from './tokenizerProblem';
import { WHITESPACE } from './tokenizerUnicode';

/** One trimming; it happens as often as post-processors with trim_offsets follow each other. */
export interface Trim {
  readonly addsPrefixSpace: boolean;
}

export function readTrims(component: unknown, path = 'post_processor'): readonly Trim[] {
  if (component === null || component === undefined) {
    return [];
  }
  const { type, fields } = typeOf(component, path);
  switch (type) {
    case 'Sequence':
      return listAt(fields, 'processors', path).flatMap((processor, index) =>
        readTrims(processor, `${path}.processors[${index}]`),
      );
    case 'ByteLevel':
    case 'RobertaProcessing':
      return flagAt(fields, 'trim_offsets', path, true)
        ? [{ addsPrefixSpace: flagAt(fields, 'add_prefix_space', path, true) }]
        : [];
    case 'TemplateProcessing':
    case 'BertProcessing':
      return [];
    default:
      throw unknownComponent('post_processor', type);
  }
}

export interface EdgeSpaces {
  readonly leading: number;
  readonly trailing: number;
}

/** Spaces at the ends of a token as the vocabulary writes it: Ġ is the byte of a space. */
export function edgeSpaces(token: string): EdgeSpaces {
  const chars = [...token];
  const leading = chars.findIndex((char) => !isSpace(char));
  const trailing = chars.toReversed().findIndex((char) => !isSpace(char));
  return {
    leading: leading === -1 ? chars.length : leading,
    trailing: trailing === -1 ? chars.length : trailing,
  };
}

/** `index`: of the token in `text`. Rust counts characters here, hence not units. */
export function trimSpan(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  spaces: EdgeSpaces,
  index: number,
  trims: readonly Trim[],
): { readonly start: number; readonly end: number } {
  let [from, to] = [start, end];
  for (const { addsPrefixSpace } of trims) {
    const isFirst = index === 0 || from === 0;
    // The space that add_prefix_space put there isn't in the text.
    const leading = isFirst && addsPrefixSpace && spaces.leading === 1 ? 0 : spaces.leading;
    from = Math.min(forward(text, from, leading), to);
    const shortened = back(text, to, spaces.trailing);
    if (shortened !== null) {
      to = Math.max(shortened, from);
    }
  }
  return { start: from, end: to };
}

function forward(text: string, index: number, chars: number): number {
  let at = index;
  for (let left = chars; left > 0; left--) {
    at += charLength(text, at);
  }
  return at;
}

/** null: there aren't so many before it. */
function back(text: string, index: number, chars: number): number | null {
  let at = index;
  for (let left = chars; left > 0; left--) {
    at -= at >= 2 && charLength(text, at - 2) === 2 ? 2 : 1;
  }
  return at < 0 ? null : at;
}

function isSpace(char: string): boolean {
  return char === 'Ġ' || WHITESPACE.test(char);
}
