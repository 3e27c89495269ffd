/**
 * What Python prints for a row (`str(row)` instead of `json.dumps(row)`) as JSON: the usual reason for single quotes in a
 * JSONL file. Null for what is none, or can't be said in JSON (tuples are written as lists; sets, bytes and calls are refused).
 */
export function pythonToJson(text: string): string | null {
  if (text.length > MAX_CHARACTERS) return null;
  let json = '';
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) return null;
    at = TOKEN.lastIndex;
    const { text: quoted, word, other = '' } = groups;
    if (quoted !== undefined) {
      const value = unquoted(quoted);
      if (value === null) return null;
      json += JSON.stringify(value);
    } else if (word === undefined) json += other === '(' ? '[' : other === ')' ? ']' : other;
    else if (Object.hasOwn(WORDS, word)) json += WORDS[word];
    else return null;
  }
  try {
    JSON.parse(json);
    return json;
  } catch {
    return null;
  }
}

/** Longer rows are no examples, and V8's regular expressions run out of stack on texts of some millions of characters. */
const MAX_CHARACTERS = 200_000;

/** Python's and, since both occur together, JSON's. */
const WORDS: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  true: 'true',
  false: 'false',
  null: 'null',
};

const TOKEN =
  /(?<text>'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*")|(?<word>[A-Za-z_]\w*)|(?<other>-?\d[\d.]*(?:[eE][+-]?\d+)?|[{}[\]():,\s])/y;

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

function unquoted(quoted: string): string | null {
  try {
    return quoted
      .slice(1, -1)
      .replaceAll(
        /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([^]))/g,
        (_, x?: string, u?: string, long?: string, octal?: string, character = '') => {
          const hex = x ?? u ?? long;
          if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
          if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
          // Python keeps the backslash of an escape that it doesn't know
          return ESCAPES[character] ?? (/["'\\/]/.test(character) ? character : `\\${character}`);
        },
      );
  } catch {
    return null; // beyond U+10FFFF
  }
}
