/** A value for people to read, numbers of any size included; not what is written to a file. */
export function shownJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'NaN' : value.toISOString();
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  try {
    return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? 'undefined';
  } catch {
    // JSON.stringify calls itself for what is nested, JSON.parse doesn't: a row can be deeper than the stack.
    return Array.isArray(value) ? '[[…' : '{…';
  }
}
