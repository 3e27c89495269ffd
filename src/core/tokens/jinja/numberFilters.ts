import { message } from '../../../common/message';
import { bind } from './arguments';
import { refuse, unsupported } from './failure';
import { fixed } from './numbers';
import type { Filter } from './runtime';
import { integerOf, textOf, typeName, Undefined, type Value } from './values';
import { strip } from './strip';

const DIGITS = /^[-+]?\d+(?:_\d+)*$/;
const FLOAT = /^[-+]?(?:(?:\d+(?:_\d+)*)?\.\d+(?:_\d+)*|\d+(?:_\d+)*\.?)(?:e[-+]?\d+(?:_\d+)*)?$/i;
const SPECIAL = /^([-+]?)(inf|infinity|nan)$/i;

/** float(str); null where Python raises ValueError. */
function parseFloatText(text: string): number | null {
  const trimmed = strip(text, null, 'both');
  const special = SPECIAL.exec(trimmed);
  if (special !== null) {
    const size = special[2]?.toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
    return special[1] === '-' ? -size : size;
  }
  return FLOAT.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : null;
}

/** float(value) */
function toFloat(value: Value): number | null {
  if (value instanceof Undefined) return refuse(value.message);
  const text = textOf(value);
  if (text !== null) return parseFloatText(text);
  const number = integerOf(value) ?? value;
  return typeof number === 'bigint' || typeof number === 'number' ? Number(number) : null;
}

const int: Filter = (args) => {
  const [value, fallback, base] = bind('int', args, [['value'], ['default', 0n], ['base', 10n]]);
  if (base !== 10n)
    return unsupported(message('The filter {0} with {1} in the chat template is not supported.', 'int', 'base'));
  const text = textOf(value);
  const trimmed = text === null ? null : strip(text, null, 'both');
  if (trimmed !== null && DIGITS.test(trimmed)) return BigInt(trimmed.replace(/^\+/, '').replaceAll('_', ''));
  const whole = integerOf(value);
  if (whole !== null) return whole;
  const number = toFloat(value);
  if (number !== null && Number.isFinite(number)) return BigInt(Math.trunc(number));
  // int(float("inf")) raises OverflowError, which the filter only expects of its second try
  return typeof value === 'number' && !Number.isNaN(value)
    ? refuse('cannot convert float infinity to integer')
    : fallback;
};

const float: Filter = (args) => {
  const [value, fallback] = bind('float', args, [['value'], ['default', 0]]);
  return toFloat(value) ?? fallback;
};

const abs: Filter = (args) => {
  const [value] = bind('abs', args, [['x']]);
  const number = integerOf(value) ?? value;
  if (typeof number === 'number') return Math.abs(number);
  if (typeof number === 'bigint') return number < 0n ? -number : number;
  return refuse(`bad operand type for abs(): '${typeName(value)}'`);
};

const round: Filter = (args) => {
  const [value, precision, method] = bind('round', args, [['value'], ['precision', 0n], ['method', 'common']]);
  const digits = Number(integerOf(precision) ?? refuse('precision must be an integer'));
  const number = integerOf(value) ?? value;
  if (method !== 'common' && method !== 'ceil' && method !== 'floor') {
    return refuse('method must be common, ceil or floor');
  }
  if (typeof number !== 'bigint' && typeof number !== 'number') {
    return refuse(`type ${typeName(value)} doesn't define __round__ method`);
  }
  if (digits < 0)
    return unsupported(
      message('The filter {0} with {1} in the chat template is not supported.', 'round', 'precision < 0'),
    );
  if (method !== 'common') {
    const scale = 10 ** digits;
    return Math[method](Number(number) * scale) / scale;
  }
  return typeof number === 'bigint' ? number : Number(fixed(number, digits));
};

export const NUMBER_FILTERS: readonly (readonly [string, Filter])[] = [
  ['int', int],
  ['float', float],
  ['abs', abs],
  ['round', round],
];
