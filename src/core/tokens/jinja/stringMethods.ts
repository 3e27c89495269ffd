import { bind } from './arguments';
import { capitalize, isLower, isUpper, titled } from './casing';
import { refuse } from './failure';
import { characters, codePoints } from './characters';
import { listOf } from './iterate';
import { FIND_METHODS } from './stringFind';
import { SPLIT_METHODS } from './stringSplit';
import { strip } from './strip';
import { truthy } from './truth';
import { integerOf, textOf, typeName, type Args, type Method, type Value } from './values';
import { ONLY_SPACE } from './whitespace';

export function textArgument(name: string, value: Value): string {
  return textOf(value) ?? refuse(`${name}() argument must be str, not ${typeName(value)}`);
}

export function countArgument(name: string, value: Value): number {
  return Number(
    integerOf(value) ?? refuse(`${name}(): '${typeName(value)}' object cannot be interpreted as an integer`),
  );
}

/** Python's methods take most of their arguments by place only. */
function noNames(name: string, args: Args): void {
  if (args.named.size > 0) refuse(`str.${name}() takes no keyword arguments`);
}

const plain =
  (name: string, change: (text: string) => Value): Method<string> =>
  (text, args) => {
    bind(name, args, []);
    return change(text);
  };

const stripping =
  (name: string, sides: 'both' | 'left' | 'right'): Method<string> =>
  (text, args) => {
    noNames(name, args);
    const [chars] = bind(name, args, [['chars', null]]);
    return strip(text, chars === null ? null : textArgument(name, chars), sides);
  };

const padding =
  (name: string, pad: (text: string, missing: number, fill: string, width: number) => string): Method<string> =>
  (text, args) => {
    noNames(name, args);
    const [width, fill] = bind(name, args, [['width'], ['fillchar', ' ']]);
    const filler = textArgument(name, fill);
    if (codePoints(filler) !== 1) refuse('The fill character must be exactly one character long');
    const wide = countArgument(name, width);
    const missing = wide - codePoints(text);
    return missing <= 0 ? text : pad(text, missing, filler, wide);
  };

/** CPython's str.center puts the odd one left where the width is odd (Objects/unicodeobject.c, unicode_center_impl). */
export function center(text: string, missing: number, fill: string, width: number): string {
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

const affix =
  (name: string, cut: (text: string, part: string) => string): Method<string> =>
  (text, args) => {
    noNames(name, args);
    const [part] = bind(name, args, [['part']]);
    return cut(text, textArgument(name, part));
  };

function every(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

function replace(text: string, args: Args): string {
  noNames('replace', args);
  const [old, by, count] = bind('replace', args, [['old'], ['new'], ['count', -1n]]);
  return replaced(text, textArgument('replace', old), textArgument('replace', by), countArgument('replace', count));
}

/** str.replace; below 0: all of them. An empty text stands before, between and behind all characters. */
export function replaced(text: string, old: string, by: string, count: number): string {
  if (count < 0) return old === '' ? between(text, by, Number.POSITIVE_INFINITY) : text.replaceAll(old, () => by);
  if (old === '') return between(text, by, count);
  const parts = text.split(old);
  const head = parts.slice(0, count + 1);
  const tail = parts.slice(count + 1);
  return [head.join(by), ...tail].join(old);
}

function between(text: string, by: string, count: number): string {
  const letters = characters(text);
  const spots = letters.map((letter, index) => (index < count ? by : '') + letter).join('');
  return letters.length < count ? spots + by : spots;
}

function zfill(text: string, args: Args): string {
  const [width] = bind('zfill', args, [['width']]);
  const missing = Math.max(0, countArgument('zfill', width) - codePoints(text));
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function join(text: string, args: Args): string {
  const [items] = bind('join', args, [['iterable']]);
  const parts = listOf(items).map((item, index) => {
    return textOf(item) ?? refuse(`sequence item ${index}: expected str instance, ${typeName(item)} found`);
  });
  return parts.join(text);
}

function splitlines(text: string, args: Args): readonly string[] {
  const [keepends] = bind('splitlines', args, [['keepends', false]]);
  return linesOf(text, truthy(keepends));
}

// oxlint-disable-next-line no-control-regex -- Python ends lines at these too
const LINE = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** str.splitlines */
export function linesOf(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const end of text.matchAll(LINE)) {
    lines.push(text.slice(start, keepEnds ? end.index + end[0].length : end.index));
    start = end.index + end[0].length;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** str.isdigit: decimals, superscripts, circled digits and such (Unicode's Numeric_Type=Digit, which JavaScript doesn't know). */
const DIGITS =
  /^[\p{Nd}\u{b2}\u{b3}\u{b9}\u{1369}-\u{1371}\u{19da}\u{2070}\u{2074}-\u{2079}\u{2080}-\u{2089}\u{2460}-\u{2468}\u{2474}-\u{247c}\u{2488}-\u{2490}\u{24ea}\u{24f5}-\u{24fd}\u{24ff}\u{2776}-\u{277e}\u{2780}-\u{2788}\u{278a}-\u{2792}\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]+$/u;

export const STRING_METHODS: ReadonlyMap<string, Method<string>> = new Map<string, Method<string>>([
  ['upper', plain('upper', (text) => text.toUpperCase())],
  ['lower', plain('lower', (text) => text.toLowerCase())],
  ['title', plain('title', titled)],
  ['capitalize', plain('capitalize', capitalize)],
  ['islower', plain('islower', isLower)],
  ['isupper', plain('isupper', isUpper)],
  ['isspace', plain('isspace', (text) => ONLY_SPACE.test(text))],
  ['isalpha', plain('isalpha', every(/^\p{L}+$/u))],
  ['isalnum', plain('isalnum', every(/^[\p{L}\p{N}]+$/u))],
  ['isdecimal', plain('isdecimal', every(/^\p{Nd}+$/u))],
  ['isdigit', plain('isdigit', every(DIGITS))],
  // oxlint-disable-next-line no-control-regex -- ASCII is what it asks for
  ['isascii', plain('isascii', every(/^[\x00-\x7f]*$/))],
  ['strip', stripping('strip', 'both')],
  ['lstrip', stripping('lstrip', 'left')],
  ['rstrip', stripping('rstrip', 'right')],
  ['center', padding('center', center)],
  ['ljust', padding('ljust', (text, missing, fill) => text + fill.repeat(missing))],
  ['rjust', padding('rjust', (text, missing, fill) => fill.repeat(missing) + text)],
  ['removeprefix', affix('removeprefix', (text, part) => (text.startsWith(part) ? text.slice(part.length) : text))],
  [
    'removesuffix',
    affix('removesuffix', (text, part) => (part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text)),
  ],
  ['replace', replace],
  ['zfill', zfill],
  ['join', join],
  ...FIND_METHODS,
  ...SPLIT_METHODS(splitlines),
]);
