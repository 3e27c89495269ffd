import { refuse } from './failure';

/** repr(float): the shortest digits that read back, with an exponent below 1e-4 and from 1e16 on. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/**
 * `digits` after the point, as Python rounds: the exact value of the float, and half to even where it lies in the middle.
 * toFixed knows the exact value too but rounds the middle away from zero (ECMA-262, Number.prototype.toFixed).
 */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  if (digits > 70 || Math.abs(value) >= 1e21) return exactFixed(value, digits);
  const rounded = value.toFixed(digits);
  const exact = exactFixed(value, 100);
  const cut = exact.length - 100 + digits;
  const rest = exact.slice(cut).replace('.', '');
  if (!/^50*$/.test(rest)) return rounded === '-0' ? '-0' : signed(value, rounded);
  const down = digits === 0 ? exact.slice(0, exact.indexOf('.')) : exact.slice(0, cut);
  return Number(down.at(-1)) % 2 === 0 ? signed(value, down) : signed(value, rounded);
}

function signed(value: number, text: string): string {
  return (value < 0 || Object.is(value, -0)) && !text.startsWith('-') ? `-${text}` : text;
}

/** All digits of the float's exact value up to `digits` after the point, cut there. */
function exactFixed(value: number, digits: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n) || 1;
  const fraction = (bits & 0xfffffffffffffn) | (bits >> 52n === 0n ? 0n : 0x10000000000000n);
  const shift = exponent - 1075;
  const scale = 10n ** BigInt(digits);
  const scaled = shift >= 0 ? (fraction << BigInt(shift)) * scale : (fraction * scale) >> BigInt(-shift);
  const text = scaled.toString().padStart(digits + 1, '0');
  const point = text.length - digits;
  const unsigned = digits === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
  return value < 0 || Object.is(value, -0) ? `-${unsigned}` : unsigned;
}

export function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) return refuse('integer division or modulo by zero');
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

export function floorModulo(a: bigint, b: bigint): bigint {
  if (b === 0n) return refuse('integer modulo by zero');
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

/** float.__mod__: the result has the sign of the divisor. */
export function floatModulo(a: number, b: number): number {
  if (b === 0) return refuse('float modulo');
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** float.__floordiv__, which goes through fmod (CPython, Objects/floatobject.c, _float_div_mod). */
export function floatFloorDivide(a: number, b: number): number {
  if (b === 0) return refuse('float floor division by zero');
  const rest = a % b;
  const adjusts = rest !== 0 && rest < 0 !== b < 0;
  const div = (a - rest) / b - (adjusts ? 1 : 0);
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}
