import { message } from '../../../common/message';
import { refuse, unsupported } from './failure';

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g;
const LETTERS = { x: 2, u: 4, U: 8 } as const;

/** The codec "unicode-escape", by which jinja2's lexer reads string literals: what it doesn't know keeps its backslash. */
export function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    ESCAPE,
    (whole: string, octal?: string, x?: string, u?: string, long?: string, other: string = '') => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (x !== undefined) return String.fromCharCode(Number.parseInt(x, 16));
      if (u !== undefined) return String.fromCharCode(Number.parseInt(u, 16));
      if (long !== undefined) return fromCodePoint(Number.parseInt(long, 16));
      if (other === 'N') unsupported(message('{0} in a string of the chat template is not supported.', '\\N{…}'));
      if (other === 'x' || other === 'u' || other === 'U') {
        refuse(`truncated \\${other}${'X'.repeat(LETTERS[other])} escape`);
      }
      return SIMPLE[other] ?? whole;
    },
  );
}

function fromCodePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : refuse('illegal Unicode character');
}
