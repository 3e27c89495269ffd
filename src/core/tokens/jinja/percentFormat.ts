import { message } from '../../../common/message';
import { refuse, unsupported } from './failure';
import { padded } from './formatSpec';
import { getKey } from './hash';
import { fixed } from './numbers';
import { repr, str } from './text';
import { Dict, integerOf, Tuple, typeName, Undefined, type Value } from './values';

const CONVERSION = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([\s\S])?/g;

/** str % values */
export function percentFormat(text: string, values: Value): string {
  const items = values instanceof Tuple ? values.items : [values];
  let used = 0;
  const result = text.replace(
    CONVERSION,
    (whole: string, key?: string, flags = '', width?: string, precision?: string, type?: string) => {
      if (type === undefined) return refuse('incomplete format');
      if (type === '%') return '%';
      if (width === '*' || precision === '*' || flags.includes('#')) {
        return unsupported(message('The format {0} in the chat template is not supported.', whole));
      }
      let value: Value | undefined;
      if (key === undefined) {
        value = items[used];
        used += 1;
        if (value === undefined) return refuse('not enough arguments for format string');
      } else {
        if (!(values instanceof Dict)) return refuse('format requires a mapping');
        value = getKey(values, key);
        used = items.length;
        if (value === undefined) return refuse(repr(key));
      }
      return converted(value, type, { flags, width, precision, whole });
    },
  );
  if (used < items.length && !(values instanceof Dict)) {
    return refuse('not all arguments converted during string formatting');
  }
  return result;
}

interface Style {
  readonly flags: string;
  readonly width: string | undefined;
  readonly precision: string | undefined;
  readonly whole: string;
}

function converted(value: Value, type: string, { flags, width, precision, whole }: Style): string {
  const align = flags.includes('-') ? '<' : '>';
  if (type === 's' || type === 'r') {
    const text = type === 's' ? str(value) : repr(value);
    const cut = precision === undefined ? text : Array.from(text).slice(0, Number(precision)).join('');
    return padded(cut, '', { fill: ' ', align, width });
  }
  if (value instanceof Undefined) return refuse(value.message);
  const number = integerOf(value) ?? value;
  const wantsInteger = 'diuxXo'.includes(type);
  if (!wantsInteger && type !== 'f' && type !== 'F') {
    return unsupported(message('The format {0} in the chat template is not supported.', whole));
  }
  if (typeof number !== 'bigint' && typeof number !== 'number') {
    return refuse(`%${type} format: a real number is required, not ${typeName(value)}`);
  }
  if (wantsInteger && precision !== undefined) {
    return unsupported(message('The format {0} in the chat template is not supported.', whole));
  }
  const body = wantsInteger ? integerText(number, type) : fixed(Number(number), Number(precision ?? 6));
  const negative = body.startsWith('-');
  const sign = negative ? '-' : (/[+ ]/.exec(flags)?.[0] ?? '');
  const filled = flags.includes('0') && align === '>';
  return padded(negative ? body.slice(1) : body, sign, {
    fill: filled ? '0' : ' ',
    align: filled ? '=' : align,
    width,
  });
}

function integerText(number: bigint | number, type: string): string {
  if (typeof number === 'number' && 'xXo'.includes(type))
    return refuse(`%${type} format: an integer is required, not float`);
  if (typeof number === 'number' && !Number.isFinite(number))
    return refuse('cannot convert float infinity or NaN to integer');
  const whole = typeof number === 'bigint' ? number : BigInt(Math.trunc(number));
  if (type === 'o') return whole.toString(8);
  const text = whole.toString(type === 'x' || type === 'X' ? 16 : 10);
  return type === 'X' ? text.toUpperCase() : text;
}
