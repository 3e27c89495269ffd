import type { Flags } from './pythonRegexFlags';
import type { PatternReader } from './pythonRegexReader';
import { type CharacterSet, classOf, ignoringCase } from './pythonRegexSets';
import { type Regex, RegexError } from './pythonRegexTree';

const CHARACTERS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** After a backslash and its letter: the character that they stand for. */
export function escapedCode(reader: PatternReader, letter: string): number {
  const known = CHARACTERS[letter];
  if (known !== undefined) return known;
  const length = DIGITS[letter];
  if (length !== undefined) {
    const digits = reader.rest(length);
    if (!new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits))
      throw new RegexError(`incomplete escape \\${letter}${digits}`);
    reader.at += length;
    const code = Number.parseInt(digits, 16);
    if (code > 0x10ffff) throw new RegexError(`bad escape \\${letter}${digits}`);
    return code;
  }
  if (letter === '0') {
    const digits = /^[0-7]{0,2}/.exec(reader.rest(2))?.[0] ?? '';
    reader.at += digits.length;
    return Number.parseInt(`0${digits}`, 8);
  }
  // \N{name} too: no name of a module needs it
  if (/[a-zA-Z0-9]/.test(letter)) throw new RegexError(`bad escape \\${letter}`);
  return letter.codePointAt(0) ?? 0;
}

/** After the opening bracket. */
export function readSet(reader: PatternReader, flags: Flags): Regex {
  const negative = reader.take('^');
  const members: CharacterSet[] = [];
  for (let first = true; first || reader.peek() !== ']'; first = false) {
    const low = member(reader, flags);
    if (reader.peek() !== '-' || reader.peek(1) === ']') {
      members.push(typeof low === 'number' ? (code) => code === low : low);
      continue;
    }
    reader.at++;
    const high = member(reader, flags);
    if (typeof low !== 'number' || typeof high !== 'number' || high < low) throw new RegexError('bad character range');
    members.push((code) => code >= low && code <= high);
  }
  reader.at++;
  const any = (code: number) => members.some((has) => has(code));
  const has = flags.i ? ignoringCase(any) : any;
  return { kind: 'set', has: negative ? (code) => !has(code) : has };
}

function member(reader: PatternReader, { a }: Flags): number | CharacterSet {
  const character = reader.next();
  if (character === '') throw new RegexError('unterminated character set');
  if (character !== '\\') return character.codePointAt(0) ?? 0;
  const letter = reader.next();
  if (letter === '') throw new RegexError('unterminated character set');
  const octal = /^[0-7]{1,3}/.exec(letter + reader.rest(2))?.[0];
  if (octal === undefined || letter === '0') return classOf(letter, a) ?? escapedCode(reader, letter);
  reader.at += octal.length - 1;
  const code = Number.parseInt(octal, 8);
  if (code > 0o377) throw new RegexError(`octal escape value \\${octal} outside of range 0-0o377`);
  return code;
}
