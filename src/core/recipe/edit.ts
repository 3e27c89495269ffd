import { isMap, isNode, type Pair, stringify, type YAMLMap } from 'yaml';
import type { TextEdit } from './problem';
import { RecipeSource } from './source';

const INDENT = '  ';

/**
 * The edit that sets one value and leaves comments, order and format of everything else; null where the text can't be
 * read or the path leads through something that is no mapping. Groups that aren't there are made.
 */
export function setRecipeValue(text: string, path: readonly string[], value: unknown): TextEdit | null {
  const source = new RecipeSource(text);
  return source.document.errors.length > 0 ? null : setValueText(source, path, valueText(value));
}

/** The same with the value as YAML in one line. */
export function setValueText(source: RecipeSource, path: readonly string[], value: string): TextEdit | null {
  const pair = source.pair(path);
  return pair === null ? insertion(source, path, value) : replacement(source, pair, value);
}

/** Applies edits that don't overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.range.start - a.range.start)
    .reduce((changed, { range, newText }) => changed.slice(0, range.start) + newText + changed.slice(range.end), text);
}

/** One line of YAML: what YAML would read otherwise is quoted, lists and mappings are in brackets. */
export function valueText(value: unknown): string {
  return stringify(value, {
    collectionStyle: 'flow',
    lineWidth: 0,
    flowCollectionPadding: false,
    version: '1.2',
  }).trim();
}

/** Takes a key with its value away, with its whole lines where it has them alone. */
export function removal(source: RecipeSource, path: readonly string[]): TextEdit | null {
  const pair = source.pair(path);
  const parent = path.length === 1 ? source.document.contents : source.node(path.slice(0, -1));
  if (pair === null || !isMap(parent) || !isNode(pair.key) || !pair.key.range) return null;
  const { text } = source;
  const start = pair.key.range[0];
  const end = endOfPair(source, pair);
  if (parent.flow === true)
    return { range: { start, end: end + (/^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0) }, newText: '' };
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  // an empty group is `group: {}`, so that what is left is still a mapping
  if (parent.items.length === 1 && path.length > 1) return { range: { start, end }, newText: '{}' };
  return { range: { start: lineStart, end: newline < 0 ? text.length : newline + 1 }, newText: '' };
}

function replacement(source: RecipeSource, pair: Pair, value: string): TextEdit | null {
  const { text } = source;
  if (!isNode(pair.key) || !pair.key.range) return null;
  const colon = text.indexOf(':', pair.key.range[1]);
  if (colon < 0) return null;
  const end = endOfPair(source, pair);
  const between = /^[ \t]*/.exec(text.slice(colon + 1))?.[0].length ?? 0;
  const start = colon + 1 + between;
  if (end <= start) return { range: { start: colon + 1, end: colon + 1 }, newText: ` ${value}` };
  // a comment after the colon stays, and the value on the lines below it is replaced there
  const inner = isNode(pair.value) && pair.value.range ? pair.value.range[0] : start;
  if (text.slice(start, inner).includes('#')) return { range: { start: inner, end }, newText: value };
  return { range: { start: colon + 1, end }, newText: ` ${value}` };
}

function insertion(source: RecipeSource, path: readonly string[], value: string): TextEdit | null {
  const { text, eol } = source;
  let depth = path.length - 1;
  while (depth > 0 && source.pair(path.slice(0, depth)) === null) depth--;
  const parentPath = path.slice(0, depth);
  const rest = path.slice(depth);
  const parent = depth === 0 ? source.document.contents : source.node(parentPath);
  const owner = depth === 0 ? null : source.pair(parentPath);
  if (isMap(parent) && parent.flow === true) return intoFlow(source, parent, rest, value);
  if (isMap(parent) && parent.items.length > 0) {
    const last = parent.items.at(-1);
    const first = parent.items[0]?.key;
    if (last === undefined || !isNode(first) || !first.range) return null;
    const at = endOfLine(text, endOfPair(source, last));
    const indent = ' '.repeat(first.range[0] - (text.lastIndexOf('\n', first.range[0] - 1) + 1));
    const space = depth === 0 ? eol : '';
    return {
      range: { start: at, end: at },
      newText: eol + space + lines(rest, value, indent, eol) + (at === text.length && depth === 0 ? eol : ''),
    };
  }
  if (depth === 0) {
    if (!source.isEmpty) return null;
    const before = text === '' || text.endsWith('\n') ? '' : eol;
    return { range: { start: text.length, end: text.length }, newText: before + lines(rest, value, '', eol) + eol };
  }
  // `group:` or `group: null` without anything below
  if (owner === null || !isNode(owner.key) || !owner.key.range || source.valueRange(parentPath) === null) return null;
  if (
    isNode(parent) &&
    source.text
      .slice(...(parent.range ?? [0, 0]))
      .trim()
      .replace(/^(null|~)$/, '') !== ''
  )
    return null;
  const start = owner.key.range[0];
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1)) + INDENT;
  const colon = text.indexOf(':', owner.key.range[1]) + 1;
  const end = Math.max(colon, endOfPair(source, owner));
  const comment = text.slice(end, endOfLine(text, end));
  return {
    range: { start: colon, end: end + comment.length },
    newText: comment.trimEnd() + eol + lines(rest, value, indent, eol),
  };
}

function intoFlow({ text }: RecipeSource, parent: YAMLMap, path: readonly string[], value: string): TextEdit | null {
  if (!parent.range) return null;
  const close = text.lastIndexOf('}', parent.range[1] - 1);
  const nested = path.slice(1).reduceRight((inner, key) => `{${key}: ${inner}}`, value);
  const at = close - (/\s*$/.exec(text.slice(0, close))?.[0].length ?? 0);
  const comma = parent.items.length === 0 || text[at - 1] === ',' ? '' : ', ';
  return { range: { start: at, end: at }, newText: `${comma}${path[0]}: ${nested}` };
}

function lines(path: readonly string[], value: string, indent: string, eol: string): string {
  return path
    .map((key, index) => `${indent}${INDENT.repeat(index)}${key}:${index === path.length - 1 ? ` ${value}` : ''}`)
    .join(eol);
}

/** After the last character of the value, or of the colon where there is none. */
function endOfPair({ text }: RecipeSource, { key, value }: Pair): number {
  const keyEnd = isNode(key) && key.range ? key.range[1] : 0;
  const colonEnd = text.indexOf(':', keyEnd) + 1;
  if (!isNode(value) || !value.range) return colonEnd;
  const length = text.slice(value.range[0], value.range[1]).trimEnd().length;
  // a value that isn't there stands where a comment begins
  return length === 0 ? colonEnd : Math.max(colonEnd, value.range[0] + length);
}

/** Before the line end, after a comment that stands on the line. */
function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}
