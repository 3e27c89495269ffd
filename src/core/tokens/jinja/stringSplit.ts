import { bind } from './arguments';
import { refuse } from './failure';
import { integerOf, List, textOf, Tuple, typeName, type Args, type Method, type Value } from './values';
import { lstrip, rstrip, SPACES } from './whitespace';

interface Split {
  readonly separator: string | null;
  readonly limit: number;
}

function read(name: string, args: Args): Split {
  const [separator, limit] = bind(name, args, [
    ['sep', null],
    ['maxsplit', -1n],
  ]);
  const text =
    separator === null ? null : (textOf(separator) ?? refuse(`must be str or None, not ${typeName(separator)}`));
  if (text === '') refuse('empty separator');
  const most = Number(integerOf(limit) ?? refuse(`'${typeName(limit)}' object cannot be interpreted as an integer`));
  return { separator: text, limit: most < 0 ? Number.POSITIVE_INFINITY : most };
}

function split(text: string, args: Args): Value {
  const { separator, limit } = read('split', args);
  return new List(separator === null ? bySpace(text, limit) : bySeparator(text, separator, limit));
}

function bySeparator(text: string, separator: string, limit: number): string[] {
  const parts = text.split(separator);
  return parts.length <= limit + 1 ? parts : [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function bySpace(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = lstrip(text);
  while (rest !== '') {
    if (parts.length >= limit) return [...parts, rest];
    SPACES.lastIndex = 0;
    const space = SPACES.exec(rest);
    parts.push(space === null ? rest : rest.slice(0, space.index));
    rest = space === null ? '' : rest.slice(space.index + space[0].length);
  }
  return parts;
}

function rsplit(text: string, args: Args): Value {
  const { separator, limit } = read('rsplit', args);
  if (limit === Number.POSITIVE_INFINITY) return split(text, args);
  if (separator === null) return new List(bySpaceFromRight(text, limit));
  const parts = text.split(separator);
  const head = parts.length - limit;
  return new List(head <= 1 ? parts : [parts.slice(0, head).join(separator), ...parts.slice(head)]);
}

function bySpaceFromRight(text: string, limit: number): string[] {
  const words = bySpace(text, Number.POSITIVE_INFINITY);
  const parts: string[] = [];
  let rest = rstrip(text);
  while (parts.length < limit && rest !== '') {
    const word = words.pop() ?? '';
    parts.unshift(word);
    rest = rstrip(rest.slice(0, rest.length - word.length));
  }
  return rest === '' ? parts : [rest, ...parts];
}

const partition =
  (name: string, last: boolean): Method<string> =>
  (text, args) => {
    const [value] = bind(name, args, [['sep']]);
    const separator = textOf(value) ?? refuse(`must be str, not ${typeName(value)}`);
    if (separator === '') refuse('empty separator');
    const at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (at < 0) return new Tuple(last ? ['', '', text] : [text, '', '']);
    return new Tuple([text.slice(0, at), separator, text.slice(at + separator.length)]);
  };

export const SPLIT_METHODS = (
  splitlines: (text: string, args: Args) => readonly string[],
): readonly (readonly [string, Method<string>])[] => [
  ['split', split],
  ['rsplit', rsplit],
  ['partition', partition('partition', false)],
  ['rpartition', partition('rpartition', true)],
  ['splitlines', (text, args) => new List(splitlines(text, args))],
];
