import { bind } from './arguments';
import { refuse } from './failure';
import { floatText } from './numbers';
import { compareLess } from './compare';
import { str } from './text';
import { truthy } from './truth';
import { Dict, integerOf, List, Markup, textOf, Tuple, typeName, type Args, type Value } from './values';

interface Style {
  readonly ascii: boolean;
  /** Null: everything on one line. */
  readonly indent: string | null;
  readonly itemSeparator: string;
  readonly keySeparator: string;
  readonly sortKeys: boolean;
}

/** The filter that transformers puts in place of jinja2's own: json.dumps, with ensure_ascii=False (chat_template_utils.py). */
export function tojson(args: Args): Value {
  const [value, ascii, indent, separators, sortKeys] = bind('tojson', args, [
    ['x'],
    ['ensure_ascii', false],
    ['indent', null],
    ['separators', null],
    ['sort_keys', false],
  ]);
  const pretty = indentOf(indent);
  const [itemSeparator, keySeparator] = separatorsOf(separators) ?? [pretty === null ? ', ' : ',', ': '];
  return write(
    value,
    { ascii: truthy(ascii), indent: pretty, itemSeparator, keySeparator, sortKeys: truthy(sortKeys) },
    '\n',
  );
}

function indentOf(indent: Value): string | null {
  if (indent === null) return null;
  return textOf(indent) ?? ' '.repeat(Math.max(0, Number(integerOf(indent) ?? refuse('indent must be a number'))));
}

function separatorsOf(separators: Value): [string, string] | null {
  if (separators === null) return null;
  const items = separators instanceof Tuple || separators instanceof List ? separators.items.map(textOf) : [];
  const [item, key] = items;
  if (items.length !== 2 || item == null || key == null) return refuse('separators must be a pair of strings');
  return [item, key];
}

/** `line`: the line end and the spaces under which this value stands. */
function write(value: Value, style: Style, line: string): string {
  if (value === null || typeof value === 'boolean') return value === null ? 'null' : String(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return jsonFloat(value);
  if (typeof value === 'string') return jsonString(value, style.ascii);
  if (value instanceof Markup) return jsonString(value.text, style.ascii);
  const inner = style.indent === null ? line : line + style.indent;
  if (value instanceof List || value instanceof Tuple) {
    return enclose(
      '[',
      value.items.map((item) => write(item, style, inner)),
      ']',
      style,
      line,
    );
  }
  if (value instanceof Dict) {
    const entries = [...value.entries.values()];
    if (style.sortKeys) entries.sort(([a], [b]) => (compareLess(a, b) ? -1 : Number(compareLess(b, a))));
    const pairs = entries.map(
      ([key, item]) => `${jsonString(keyText(key), style.ascii)}${style.keySeparator}${write(item, style, inner)}`,
    );
    return enclose('{', pairs, '}', style, line);
  }
  return refuse(`Object of type ${typeName(value)} is not JSON serializable`);
}

function enclose(open: string, items: readonly string[], close: string, style: Style, line: string): string {
  if (items.length === 0 || style.indent === null) return open + items.join(style.itemSeparator) + close;
  const inner = line + style.indent;
  return `${open}${inner}${items.join(style.itemSeparator + inner)}${line}${close}`;
}

function keyText(key: Value): string {
  const text = textOf(key);
  if (text !== null) return text;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return String(key);
  if (typeof key === 'bigint') return str(key);
  if (typeof key === 'number') return jsonFloat(key);
  return refuse(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? floatText(value) : value > 0 ? 'Infinity' : '-Infinity';
}

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

/** JSON.stringify escapes lone surrogates; json.dumps with ensure_ascii=False does not (json/encoder.py, ESCAPE). */
function jsonString(text: string, ascii: boolean): string {
  // oxlint-disable-next-line no-control-regex -- these are what json.dumps escapes
  const pattern = ascii ? /[^ !#-[\]-~]/g : /["\\\x00-\x1f]/g;
  const inner = text.replace(
    pattern,
    (unit) => NAMED[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${inner}"`;
}
