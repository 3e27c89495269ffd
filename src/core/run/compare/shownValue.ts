import { isPlainObject } from '../../../protocol/shape';

/** Above this many characters the items of a list stand on lines of their own. */
const ONE_LINE = 60;

/** A value of a recipe as its text would have it. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(shownValue);
    const line = `[${items.join(', ')}]`;
    return line.length <= ONE_LINE && !line.includes('\n') ? line : items.map((item) => `- ${item}`).join('\n');
  }
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${shownValue(item)}`);
    const line = `{${entries.join(', ')}}`;
    return line.length <= ONE_LINE && !line.includes('\n') ? line : entries.join('\n');
  }
  // a text that would read as something else, were it not for its quotes
  if (typeof value === 'string')
    return value === '' || /^(?:true|false|null|~|[-+]?[\d.]+(?:e[-+]?\d+)?)$/i.test(value)
      ? JSON.stringify(value)
      : value;
  return String(value);
}

/** The same for the same value, whatever order its keys stand in. */
export function valueKey(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isPlainObject(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
