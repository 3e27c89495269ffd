import { isUtf8 } from 'node:buffer';
import type { ParquetParsers, SchemaElement } from 'hyparquet';

/** Bytes of a text column that are no UTF-8. */
export class BadText {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/**
 * What JSON has no type for becomes text that loses nothing. hyparquet's own parsers (convert.js) cut microseconds off,
 * replace what is no UTF-8, and parse JSON columns, which would round their numbers.
 */
export function parsersFor({ logical_type: logical }: SchemaElement): ParquetParsers {
  const zone = logical?.type === 'TIMESTAMP' && !logical.isAdjustedToUTC ? '' : 'Z';
  const timestamp =
    (perSecond: bigint, digits: number) =>
    (count: bigint): string =>
      isoOf(BigInt(count), perSecond, digits) + zone;
  return {
    timestampFromMilliseconds: timestamp(1000n, 3),
    timestampFromMicroseconds: timestamp(1_000_000n, 6),
    timestampFromNanoseconds: timestamp(1_000_000_000n, 9),
    dateFromDays: (days) => isoOf(BigInt(days) * 86_400n, 1n, 0).slice(0, -'T00:00:00'.length),
    stringFromBytes: textOf,
    jsonFromBytes: textOf,
    geometryFromBytes: base64Of,
    geographyFromBytes: base64Of,
    uuidFromBytes: (bytes) =>
      Buffer.from(bytes)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  };
}

/** The number as it is written in decimal: 1230 with scale 2 is "12.30". */
export function decimalOf(value: unknown, scale: number): unknown {
  if (Array.isArray(value)) return value.map((item) => decimalOf(item, scale));
  if (value instanceof Uint8Array) return decimalText(signed(value), scale);
  return typeof value === 'number' || typeof value === 'bigint' ? decimalText(BigInt(value), scale) : value;
}

/** Plain data: integers are numbers where those are exact, bytes are text where they are UTF-8, what is missing is null. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value !== 'object') return value ?? null;
  if (value === null || value instanceof BadText) return value;
  if (value instanceof Uint8Array) {
    const text = textOf(value);
    return text instanceof BadText ? value : text;
  }
  if (Array.isArray(value)) return value.map(plainValue);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]));
}

export function findBadText(value: unknown): BadText | null {
  if (value instanceof BadText) return value;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return null;
  for (const item of Object.values(value)) {
    const found = findBadText(item);
    if (found !== null) return found;
  }
  return null;
}

function textOf(bytes: Uint8Array): string | BadText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString() : new BadText(Buffer.from(buffer));
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** ISO 8601 in UTC, without a zone. Beyond what Date can hold: the count itself. */
function isoOf(count: bigint, perSecond: bigint, digits: number): string {
  const rest = ((count % perSecond) + perSecond) % perSecond;
  const date = new Date(Number((count - rest) / perSecond) * 1000);
  if (Number.isNaN(date.getTime())) return String(count);
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(digits, '0')}`;
  return date.toISOString().replace(/\.000Z$/, '') + fraction;
}

/** Two's complement, big-endian (parquet-format, LogicalTypes.md). */
function signed(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}

function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
