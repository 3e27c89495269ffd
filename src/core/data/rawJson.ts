/**
 * Where the values of a JSON text stand in it. The text is known to be JSON (JSON.parse took it), so nothing is checked again.
 * JSON.parse alone would lose what must survive a conversion: 1.0 becomes 1, 1e400 Infinity, 12345678901234567890 is rounded,
 * and keys such as "2" move to the front (ECMA-262, OrdinaryOwnPropertyKeys). jsonc-parser's parseTree finds the places too,
 * but makes a node of every value; a conversion needs a handful of slices per row, a million times.
 */
export interface RawMember {
  readonly key: string;
  /** The value as it is written. */
  readonly json: string;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

/** The members of the object that `json` is, in its order; of a repeated key the last value, at the first's place. */
export function rawMembers(json: string): readonly RawMember[] {
  const members = new Map<string, string>();
  let at = skipBlanks(json, skipBlanks(json, 0) + 1);
  while (at < json.length && json.charCodeAt(at) !== CLOSE_BRACE) {
    const keyEnd = endOfString(json, at);
    const start = skipBlanks(json, skipBlanks(json, keyEnd) + 1);
    const end = endOfValue(json, start);
    members.set(decodedKey(json, at, keyEnd), json.slice(start, end));
    at = pastComma(json, end);
  }
  return Array.from(members, ([key, value]) => ({ key, json: value }));
}

/** The value of one member as it is written, or null. Of a repeated key the last, as JSON.parse has it. */
export function rawMember(json: string, key: string): string | null {
  let found: string | null = null;
  let at = skipBlanks(json, skipBlanks(json, 0) + 1);
  while (at < json.length && json.charCodeAt(at) !== CLOSE_BRACE) {
    const keyEnd = endOfString(json, at);
    const start = skipBlanks(json, skipBlanks(json, keyEnd) + 1);
    const end = endOfValue(json, start);
    if (decodedKey(json, at, keyEnd) === key) found = json.slice(start, end);
    at = pastComma(json, end);
  }
  return found;
}

/** The elements of the array that `json` is, each as it is written. */
export function rawElements(json: string): readonly string[] {
  const elements: string[] = [];
  let at = skipBlanks(json, skipBlanks(json, 0) + 1);
  while (at < json.length && json.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(json, at);
    elements.push(json.slice(at, end));
    at = pastComma(json, end);
  }
  return elements;
}

/**
 * The same JSON without line breaks, so that it can stand in a line of JSONL; spaces within a line stay as they are. Line
 * breaks stand between tokens only: a JSON string can't hold one (RFC 8259, section 7). A lone surrogate is escaped, since
 * UTF-8 has no bytes for it.
 */
export function oneLine(json: string): string {
  const broken = json.includes('\n') || json.includes('\r');
  const joined = broken ? json.replaceAll(/[ \t]*[\r\n][ \t\r\n]*/g, '') : json;
  // Without the u flag any half counts, of pairs as well, but the search is several times as fast, and mostly there is none.
  if (!/[\ud800-\udfff]/.test(joined)) return joined;
  return joined.replaceAll(/\p{Surrogate}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

function decodedKey(json: string, start: number, end: number): string {
  const written = json.slice(start + 1, end - 1);
  // SAFETY: the slice with its quotes is a JSON string.
  return written.includes('\\') ? (JSON.parse(json.slice(start, end)) as string) : written;
}

function pastComma(json: string, end: number): number {
  const at = skipBlanks(json, end);
  return json.charCodeAt(at) === COMMA ? skipBlanks(json, at + 1) : at;
}

function skipBlanks(json: string, from: number): number {
  let at = from;
  for (;;) {
    const code = json.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at++;
  }
}

function endOfValue(json: string, start: number): number {
  const code = json.charCodeAt(start);
  if (code === QUOTE) return endOfString(json, start);
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return endOfNested(json, start);
  let at = start + 1;
  while (at < json.length && !endsScalar(json.charCodeAt(at))) at++;
  return at;
}

function endsScalar(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || code <= 0x20;
}

/** Counts brackets instead of calling itself: nesting may be deeper than the stack. */
function endOfNested(json: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at);
      continue;
    }
    at++;
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --depth === 0) return at;
  }
  return at;
}

/** indexOf, since text is mostly long strings, and it searches them many characters at a time. */
function endOfString(json: string, start: number): number {
  let at = json.indexOf('"', start + 1);
  while (at !== -1 && isEscaped(json, at)) at = json.indexOf('"', at + 1);
  return at === -1 ? json.length : at + 1;
}

function isEscaped(json: string, at: number): boolean {
  let before = at - 1;
  while (json.charCodeAt(before) === BACKSLASH) before--;
  return (at - 1 - before) % 2 === 1;
}
