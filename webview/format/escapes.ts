/** Line ends and tabs, which a field of one line can't show, as a programmer writes them. */
export function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}

const MEANINGS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

/** A backslash before anything else stands for itself. */
export function unescapeText(text: string): string {
  return text.replaceAll(/\\([nrt\\])/g, (_, letter: string) => MEANINGS[letter] ?? letter);
}
