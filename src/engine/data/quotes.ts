export type QuoteFault =
  /** A quote opens a cell and nothing closes it. Both places are indexes into the text. */
  | { readonly kind: 'open'; readonly at: number }
  /** Something else than the next cell follows the quote that closes a cell. */
  | { readonly kind: 'closedEarly'; readonly at: number; readonly end: number };

/** The first fault in the quotes of one record (RFC 4180). A quote inside a cell without quotes is text, as in Python's csv. */
export function quoteFault(record: string, separator: string): QuoteFault | null {
  for (let at = 0; at < record.length;) {
    if (record[at] !== '"') {
      const next = record.indexOf(separator, at);
      if (next < 0) return null;
      at = next + 1;
      continue;
    }
    const end = closingQuote(record, at);
    if (end < 0) return { kind: 'open', at };
    const after = record[end + 1];
    if (after === undefined || after === '\r' || after === '\n') return null;
    if (after !== separator) return { kind: 'closedEarly', at, end };
    at = end + 2;
  }
  return null;
}

function closingQuote(record: string, open: number): number {
  let at = record.indexOf('"', open + 1);
  while (at >= 0 && record[at + 1] === '"') at = record.indexOf('"', at + 2);
  return at;
}
