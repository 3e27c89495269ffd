/** C0 and C1 but tab and line feed, and marks that change the direction of what follows. */
const UNSAFE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Text of a model or a file, safe to show in a terminal: escape sequences would move the cursor or change the title, and
 * direction marks would show another order than there is.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n' || character === '\t') return character;
    return character === '\r' ? '' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
