import type { PatternReader } from './pythonRegexReader';
import { RegexError } from './pythonRegexTree';

export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly a: boolean;
}

export const NO_FLAGS: Flags = { i: false, m: false, s: false, x: false, a: false };

/** (?i) for the whole pattern, which stands at its start alone, or (?i:…) for a piece. After the question mark. */
export function readFlags(
  reader: PatternReader,
  before: Flags,
  mayBeGlobal: boolean,
): { readonly flags: Flags; readonly isGlobal: boolean } {
  const found = /^([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(reader.rest(20));
  if (found === null || (found[1] === '' && found[2] === undefined))
    throw new RegexError(`unknown extension ?${reader.peek()}`);
  const [all, on = '', off = '', end] = found;
  const isGlobal = end === ')';
  if (on.includes('L')) throw new RegexError("bad inline flags: cannot use 'L' flag with a str pattern");
  if (on.includes('a') && on.includes('u'))
    throw new RegexError("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
  if (isGlobal && off !== '') throw new RegexError('missing :');
  if (isGlobal && !mayBeGlobal) throw new RegexError('global flags not at the start of the expression');
  if (Array.from(off).some((flag) => on.includes(flag)))
    throw new RegexError('bad inline flags: flag turned on and off');
  reader.at += all.length;
  const set = (flag: 'i' | 'm' | 's' | 'x') => (before[flag] || on.includes(flag)) && !off.includes(flag);
  const a = (before.a || on.includes('a')) && !on.includes('u');
  return { flags: { i: set('i'), m: set('m'), s: set('s'), x: set('x'), a }, isGlobal };
}
