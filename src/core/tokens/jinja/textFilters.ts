import { bind } from './arguments';
import { capitalize } from './casing';
import { characters, codePoints } from './characters';
import { escapeHtml } from './escapeHtml';
import { refuse } from './failure';
import { percentFormat } from './percentFormat';
import type { Filter } from './runtime';
import { center, countArgument, linesOf, replaced, textArgument } from './stringMethods';
import { strip } from './strip';
import { str } from './text';
import { truthy } from './truth';
import { Dict, Markup, textOf, Tuple, type Value } from './values';
import { setKey } from './hash';
import { SPACE } from './whitespace';

/** soft_str: a Markup stays one through methods of str. */
function like(value: Value, text: string): Value {
  return value instanceof Markup ? new Markup(text) : text;
}

const changing =
  (name: string, change: (text: string) => string): Filter =>
  (args) => {
    const [value] = bind(name, args, [['s']]);
    return like(value, change(str(value)));
  };

const WORD_BEGINNING = new RegExp(`([-${SPACE}({[<]+)`);

/** The filter, which isn't str.title: an apostrophe begins no word. */
function title(text: string): string {
  return text
    .split(WORD_BEGINNING)
    .map((word) => {
      const [first = ''] = word;
      return first.toUpperCase() + word.slice(first.length).toLowerCase();
    })
    .join('');
}

const trim: Filter = (args) => {
  const [value, chars] = bind('trim', args, [['value'], ['chars', null]]);
  return like(value, strip(str(value), chars === null ? null : textArgument('strip', chars), 'both'));
};

const replace: Filter = (args) => {
  const [value, old, by, count] = bind('replace', args, [['s'], ['old'], ['new'], ['count', null]]);
  return replaced(str(value), str(old), str(by), count === null ? -1 : countArgument('replace', count));
};

const indent: Filter = (args) => {
  const [value, width, first, blank] = bind('indent', args, [['s'], ['width', 4n], ['first', false], ['blank', false]]);
  const text = textOf(value);
  if (text === null) return refuse(`unsupported operand type(s) for +: '${str(value)}' and 'str'`);
  const space = textOf(width) ?? ' '.repeat(Math.max(0, countArgument('indent', width)));
  const lines = linesOf(`${text}\n`, false);
  const rest = lines.slice(1).map((line) => (line !== '' || truthy(blank) ? space + line : line));
  return like(value, (truthy(first) ? space : '') + [lines[0] ?? '', ...rest].join('\n'));
};

const centered: Filter = (args) => {
  const [value, width] = bind('center', args, [['value'], ['width', 80n]]);
  const [text, wide] = [str(value), countArgument('center', width)];
  const missing = wide - codePoints(text);
  return like(value, missing > 0 ? center(text, missing, ' ', wide) : text);
};

const truncate: Filter = (args) => {
  const [value, length, killWords, end, leeway] = bind('truncate', args, [
    ['s'],
    ['length', 255n],
    ['killwords', false],
    ['end', '...'],
    ['leeway', null],
  ]);
  const [text, most, tail] = [str(value), countArgument('truncate', length), textArgument('truncate', end)];
  // policies["truncate.leeway"]
  const spare = leeway === null ? 5 : countArgument('truncate', leeway);
  const letters = characters(text);
  if (most < codePoints(tail)) return refuse(`expected length >= ${codePoints(tail)}, got ${most}`);
  if (letters.length <= most + spare) return value;
  const cut = letters.slice(0, most - codePoints(tail)).join('');
  const space = cut.lastIndexOf(' ');
  return like(value, (truthy(killWords) || space < 0 ? cut : cut.slice(0, space)) + tail);
};

const wordcount: Filter = (args) => {
  const [value] = bind('wordcount', args, [['s']]);
  return BigInt([...str(value).matchAll(/[\p{L}\p{N}_]+/gu)].length);
};

const format: Filter = ({ positional: [value = null, ...rest], named }) => {
  if (rest.length > 0 && named.size > 0) {
    return refuse("can't handle positional and keyword arguments at the same time");
  }
  if (named.size === 0) return percentFormat(str(value), new Tuple(rest));
  const names = new Dict();
  for (const [name, item] of named) setKey(names, name, item);
  return percentFormat(str(value), names);
};

const escape: Filter = (args) => {
  const [value] = bind('escape', args, [['s']]);
  return value instanceof Markup ? value : new Markup(escapeHtml(str(value)));
};

export const TEXT_FILTERS: readonly (readonly [string, Filter])[] = [
  ['upper', changing('upper', (text) => text.toUpperCase())],
  ['lower', changing('lower', (text) => text.toLowerCase())],
  ['capitalize', changing('capitalize', capitalize)],
  // ''.join makes a plain str of it
  ['title', (args) => title(str(bind('title', args, [['s']])[0]))],
  ['trim', trim],
  ['replace', replace],
  ['indent', indent],
  ['center', centered],
  ['truncate', truncate],
  ['wordcount', wordcount],
  ['format', format],
  ['string', changing('string', (text) => text)],
  ['escape', escape],
  ['e', escape],
  ['forceescape', (args) => new Markup(escapeHtml(str(bind('forceescape', args, [['value']])[0])))],
  ['safe', (args) => new Markup(str(bind('safe', args, [['value']])[0]))],
];
