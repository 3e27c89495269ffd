/** Python's `name == key or name.endswith("." + key)`, which PEFT matches names by. */
export function endsWithName(name: string, key: string): boolean {
  return name === key || name.endsWith(`.${key}`);
}

/** After the last dot. */
export function leafOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Before the last dot; empty at the top. */
export function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

/** "a.b.c" gives "c", "b.c", "a.b.c". */
export function suffixesOf(name: string): readonly string[] {
  const parts = name.split('.');
  return parts.map((_, index) => parts.slice(parts.length - 1 - index).join('.'));
}
