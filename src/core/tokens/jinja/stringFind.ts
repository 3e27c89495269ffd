import { bind } from './arguments';
import { refuse } from './failure';
import { characters, codePoints } from './characters';
import { integerOf, textOf, Tuple, typeName, type Args, type Method, type Value } from './values';

interface Window {
  /** What stands between start and stop. */
  readonly text: string;
  /** Code points before it. */
  readonly start: number;
  /** start <= len(text), without which nothing is ever found. */
  readonly valid: boolean;
}

function windowOf(text: string, start: Value, stop: Value): Window {
  if (start === null && stop === null) return { text, start: 0, valid: true };
  const letters = characters(text);
  const { length } = letters;
  const clamp = (value: Value, fallback: number): number => {
    if (value === null) return fallback;
    const index = Number(integerOf(value) ?? refuse('slice indices must be integers or None'));
    return index < 0 ? Math.max(0, index + length) : index;
  };
  const [from, to] = [clamp(start, 0), Math.min(clamp(stop, length), length)];
  return { text: letters.slice(from, to).join(''), start: from, valid: from <= to };
}

const finding =
  (name: string, last: boolean, absent: (part: string) => Value): Method<string> =>
  (text, args) => {
    const [part, start, stop] = bind(name, args, [['sub'], ['start', null], ['end', null]]);
    const needle = textOf(part) ?? refuse(`must be str, not ${typeName(part)}`);
    const view = windowOf(text, start, stop);
    const at = !view.valid ? -1 : last ? view.text.lastIndexOf(needle) : view.text.indexOf(needle);
    return at < 0 ? absent(needle) : BigInt(view.start + codePoints(view.text.slice(0, at)));
  };

const affixed =
  (name: string, test: (text: string, part: string) => boolean): Method<string> =>
  (text, args) => {
    const [part, start, stop] = bind(name, args, [['prefix'], ['start', null], ['end', null]]);
    const view = windowOf(text, start, stop);
    const parts = part instanceof Tuple ? part.items : [part];
    return parts.some((each) => {
      const wanted = textOf(each);
      if (wanted === null) {
        refuse(`${name} first arg must be str or a tuple of str, not ${typeName(each)}`);
      }
      return view.valid && test(view.text, wanted);
    });
  };

function count(text: string, args: Args): Value {
  const [part, start, stop] = bind('count', args, [['sub'], ['start', null], ['end', null]]);
  const needle = textOf(part) ?? refuse(`must be str, not ${typeName(part)}`);
  const view = windowOf(text, start, stop);
  if (!view.valid) return 0n;
  return BigInt(needle === '' ? codePoints(view.text) + 1 : view.text.split(needle).length - 1);
}

const notFound = (): never => refuse('substring not found');

export const FIND_METHODS: readonly (readonly [string, Method<string>])[] = [
  ['find', finding('find', false, () => -1n)],
  ['rfind', finding('rfind', true, () => -1n)],
  ['index', finding('index', false, notFound)],
  ['rindex', finding('rindex', true, notFound)],
  ['startswith', affixed('startswith', (text, part) => text.startsWith(part))],
  ['endswith', affixed('endswith', (text, part) => text.endsWith(part))],
  ['count', count],
];
