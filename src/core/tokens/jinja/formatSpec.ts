import { message } from '../../../common/message';
import { refuse, unsupported } from './failure';
import { codePoints } from './characters';
import { fixed, floatText } from './numbers';
import { str } from './text';
import { integerOf, textOf, typeName, type Value } from './values';

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

/** format(value, spec): what f-strings and str.format do, for str, int and float. */
export function formatted(value: Value, spec: string): string {
  if (spec === '') return str(value);
  const match = SPEC.exec(spec);
  if (match === null) return refuse(`Invalid format specifier '${spec}'`);
  const [, fill, align, sign = '-', alternate, zero, width, group, precision, type] = match;
  const text = textOf(value);
  const number = integerOf(value) ?? value;
  const digits = precision === undefined ? null : Number(precision);
  if (alternate !== undefined) unsupported(message('The format {0} in the chat template is not supported.', spec));
  if (text !== null) {
    if (type !== undefined && type !== 's') refuse(`Unknown format code '${type}' for object of type 'str'`);
    const cut = digits === null ? text : Array.from(text).slice(0, digits).join('');
    return padded(cut, '', { fill: fill ?? (zero ? '0' : ' '), align: align ?? '<', width });
  }
  if (typeof number !== 'bigint' && typeof number !== 'number') {
    return refuse(`unsupported format string passed to ${typeName(value)}.__format__`);
  }
  if (typeof value === 'boolean' && type === undefined)
    return unsupported(message('The format {0} in the chat template is not supported.', spec));
  const body = magnitude(number, type, digits, spec, group);
  const negative = number < 0 || Object.is(number, -0);
  const mark = negative ? '-' : sign === '-' ? '' : sign;
  if (zero !== undefined && group !== undefined)
    unsupported(message('The format {0} in the chat template is not supported.', spec));
  return padded(body, mark, { fill: fill ?? (zero ? '0' : ' '), align: align ?? (zero ? '=' : '>'), width });
}

/** The number without its sign. */
function magnitude(
  number: bigint | number,
  type: string | undefined,
  digits: number | null,
  spec: string,
  group: string | undefined,
): string {
  if (typeof number === 'bigint' && (type === undefined || type === 'd')) {
    if (digits !== null) return refuse('Precision not allowed in integer format specifier');
    return grouped(unsigned(number.toString()), group);
  }
  if (typeof number === 'bigint' && (type === 'x' || type === 'X' || type === 'o' || type === 'b')) {
    const base = { x: 16, X: 16, o: 8, b: 2 }[type];
    const text = unsigned(number.toString(base));
    return type === 'X' ? text.toUpperCase() : text;
  }
  if (type === 'f' || type === 'F') return grouped(unsigned(fixed(Number(number), digits ?? 6)), group);
  if (type === '%') return `${grouped(unsigned(fixed(Number(number) * 100, digits ?? 6)), group)}%`;
  if (type === undefined && digits === null) return grouped(unsigned(floatText(Number(number))), group);
  return unsupported(message('The format {0} in the chat template is not supported.', spec));
}

function unsigned(text: string): string {
  return text.startsWith('-') ? text.slice(1) : text;
}

function grouped(text: string, mark: string | undefined): string {
  if (mark === undefined) return text;
  const [whole = '', ...rest] = text.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, mark), ...rest].join('.');
}

export function padded(
  body: string,
  sign: string,
  { fill, align, width }: { fill: string; align: string; width: string | undefined },
): string {
  const missing = Math.max(0, Number(width ?? 0) - codePoints(sign + body));
  if (align === '<') return sign + body + fill.repeat(missing);
  if (align === '=') return sign + fill.repeat(missing) + body;
  if (align === '>') return fill.repeat(missing) + sign + body;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + sign + body + fill.repeat(missing - left);
}
