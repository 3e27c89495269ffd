import { message } from '../../../common/message';
import { unsupported } from './failure';
import { floatText } from './numbers';
import { Callable, Dict, Lazy, List, Loop, Markup, Namespace, Range, Tuple, Undefined, View, typeName } from './values';
import type { Value } from './values';

/** str(value), as {{ }} and ~ write it. */
export function str(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return value.text;
  return value instanceof Undefined ? '' : repr(value);
}

/** repr(value), as it stands inside a list or a dict. */
export function repr(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'string') return quote(value);
  if (value instanceof List) return `[${value.items.map(repr).join(', ')}]`;
  if (value instanceof Tuple) {
    const items = value.items.map(repr);
    return items.length === 1 ? `(${items[0] ?? ''},)` : `(${items.join(', ')})`;
  }
  if (value instanceof Dict) {
    return `{${[...value.entries.values()].map(([key, item]) => `${repr(key)}: ${repr(item)}`).join(', ')}}`;
  }
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Range) {
    const step = value.step === 1n ? '' : `, ${value.step}`;
    return `range(${value.start}, ${value.stop}${step})`;
  }
  if (value instanceof View) return `dict_${value.kind}([${value.items().map(repr).join(', ')}])`;
  if (value instanceof Markup) return `Markup(${quote(value.text)})`;
  if (value instanceof Namespace) {
    const pairs = [...value.attributes].map(([name, item]) => `${quote(name)}: ${repr(item)}`);
    return `<Namespace {${pairs.join(', ')}}>`;
  }
  if (value instanceof Callable && value.kind === 'macro') return `<Macro ${quote(value.name)}>`;
  if (value instanceof Loop)
    return `<LoopContext ${str(value.attribute('index') ?? null)}/${str(value.attribute('length') ?? null)}>`;
  if (value instanceof Lazy || value instanceof Callable) {
    // Python prints where it lies in memory
    return unsupported(message('The chat template prints a {0}, which reads differently each time.', typeName(value)));
  }
  return value satisfies never;
}

const UNPRINTABLE = /[\p{C}\p{Z}\\'"]/gu;
const NAMED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', ' ': ' ' };

/** repr(str): in single quotes, unless it holds them and no double ones. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replace(UNPRINTABLE, (character) => {
    if (character === '"' || character === "'") return character === mark ? `\\${character}` : character;
    return NAMED[character] ?? escaped(character.codePointAt(0) ?? 0);
  });
  return `${mark}${inner}${mark}`;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
