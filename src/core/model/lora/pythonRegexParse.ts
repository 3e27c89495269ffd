import { classOf, type CharacterSet, ignoringCase } from './pythonRegexSets';
import { type ParsedRegex, type Regex, RegexError, widthOf } from './pythonRegexTree';

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly a: boolean;
}

const NO_FLAGS: Flags = { i: false, m: false, s: false, x: false, a: false };
const MAX_REPEAT = 4294967295;
const CHARACTERS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * Reads a regular expression as Python's `re` does (Lib/re/_parser.py, 3.11 to 3.13), with its errors. JavaScript's
 * differ in what they accept and mean, and can't be stopped when they take too long.
 */
export function parsePythonRegex(source: string): ParsedRegex {
  return new Parser(source).parse();
}

class Parser {
  readonly #source: readonly string[];
  #at = 0;
  #flags = NO_FLAGS;
  #groups = 0;
  readonly #names = new Map<string, number>();
  /** Of the groups that are closed; others can't be referred to. */
  readonly #widths = new Map<number, readonly [number, number]>();
  #behindFrom: number | null = null;
  #depth = 0;
  /** Flags for the whole pattern stand at its start alone. */
  #mayFlag = true;

  constructor(source: string) {
    this.#source = Array.from(source);
  }

  parse(): ParsedRegex {
    const root = this.#either();
    if (this.#at < this.#source.length) throw new RegexError('unbalanced parenthesis');
    return { root, groups: this.#groups, names: this.#names };
  }

  #peek(): string {
    return this.#source[this.#at] ?? '';
  }

  #take(text: string): boolean {
    const taken = Array.from(text).every((character, index) => this.#source[this.#at + index] === character);
    if (taken) this.#at += text.length;
    return taken;
  }

  #either(): Regex {
    const branches = [this.#all(this.#depth === 0)];
    while (this.#take('|')) branches.push(this.#all());
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: 'either', branches };
  }

  #all(isStart = false): Regex {
    const parts: Regex[] = [];
    for (;;) {
      if (this.#flags.x && this.#skipped()) continue;
      const character = this.#peek();
      if (character === '' || character === '|' || character === ')') return { kind: 'all', parts };
      const start = this.#at;
      this.#mayFlag = isStart && parts.length === 0;
      const item = this.#item();
      if (item === null) continue; // a comment or flags
      parts.push(this.#repeated(item, this.#source.slice(start, this.#at).join('')));
    }
  }

  /** Blanks and comments under (?x). */
  #skipped(): boolean {
    if (/^\s$/.test(this.#peek())) {
      this.#at++;
      return true;
    }
    if (this.#peek() !== '#') return false;
    while (this.#peek() !== '' && this.#peek() !== '\n') this.#at++;
    return true;
  }

  #repeated(item: Regex, written: string): Regex {
    let result = item;
    for (let times = 0; ; times++) {
      while (this.#flags.x && this.#skipped());
      const bounds = this.#bounds();
      if (bounds === null) return result;
      if (times > 0) throw new RegexError('multiple repeat');
      if (item.kind === 'at' || written === '') throw new RegexError('nothing to repeat');
      const mode = this.#take('?') ? 'lazy' : this.#take('+') ? 'possessive' : 'greedy';
      result = { kind: 'repeat', body: item, min: bounds[0], max: bounds[1], mode };
    }
  }

  #bounds(): readonly [number, number] | null {
    if (this.#take('*')) return [0, MAX_REPEAT];
    if (this.#take('+')) return [1, MAX_REPEAT];
    if (this.#take('?')) return [0, 1];
    if (this.#peek() !== '{') return null;
    const rest = this.#source.slice(this.#at, this.#at + 40).join('');
    const found = /^\{(\d*)(?:(,)(\d*))?\}/.exec(rest);
    // `{}`, `{x` and the like are letters
    if (found === null || (found[1] === '' && found[2] === undefined)) return null;
    this.#at += found[0].length;
    const min = found[1] === '' ? 0 : Number(found[1]);
    const max =
      found[2] === undefined ? min : found[3] === '' || found[3] === undefined ? MAX_REPEAT : Number(found[3]);
    if (min >= MAX_REPEAT || max > MAX_REPEAT) throw new RegexError('the repetition number is too large');
    if (max < min) throw new RegexError('min repeat greater than max repeat');
    return [min, max];
  }

  #item(): Regex | null {
    const character = this.#peek();
    if ('*+?'.includes(character)) throw new RegexError('nothing to repeat');
    if (character === '{' && this.#bounds() !== null) throw new RegexError('nothing to repeat');
    this.#at++;
    const { m, s } = this.#flags;
    if (character === '.') return { kind: 'set', has: s ? () => true : (code) => code !== 10 };
    if (character === '^') return { kind: 'at', where: m ? 'lineStart' : 'start' };
    if (character === '$') return { kind: 'at', where: m ? 'lineEnd' : 'end' };
    if (character === '[') return this.#set();
    if (character === '(') return this.#group();
    if (character === '\\') return this.#escape();
    return this.#character(character.codePointAt(0) ?? 0);
  }

  #character(wanted: number): Regex {
    return this.#setOf((code) => code === wanted);
  }

  #setOf(has: CharacterSet): Regex {
    return { kind: 'set', has: this.#flags.i ? ignoringCase(has) : has };
  }

  #escape(): Regex {
    const letter = this.#peek();
    if (letter === '') throw new RegexError('bad escape (end of pattern)');
    this.#at++;
    if (letter === 'A') return { kind: 'at', where: 'start' };
    if (letter === 'Z') return { kind: 'at', where: 'textEnd' };
    if (letter === 'b') return { kind: 'at', where: 'word' };
    if (letter === 'B') return { kind: 'at', where: 'notWord' };
    const set = classOf(letter, this.#flags.a);
    if (set !== null) return this.#setOf(set);
    if (/[1-9]/.test(letter)) return this.#numbered(letter);
    return this.#character(this.#codeOf(letter));
  }

  /** \1 to \99 are groups, \123 (three octal digits) is a character. */
  #numbered(first: string): Regex {
    const digits = first + (/^\d{0,2}/.exec(this.#source.slice(this.#at, this.#at + 2).join(''))?.[0] ?? '');
    if (/^[0-3][0-7]{2}$/.test(digits)) {
      this.#at += 2;
      return this.#character(Number.parseInt(digits, 8));
    }
    if (/^[4-7][0-7]{2}$/.test(digits)) throw new RegexError(`octal escape value \\${digits} outside of range 0-0o377`);
    const index = Number(digits.slice(0, 2));
    this.#at += String(index).length - 1;
    return this.#again(index);
  }

  #again(index: number): Regex {
    if (index > this.#groups) throw new RegexError(`invalid group reference ${index}`);
    if (!this.#widths.has(index)) throw new RegexError('cannot refer to an open group');
    if (this.#behindFrom !== null && index > this.#behindFrom)
      throw new RegexError('cannot refer to group defined in the same lookbehind subpattern');
    return { kind: 'again', index, ignoreCase: this.#flags.i };
  }

  /** After the backslash: the character that it stands for. */
  #codeOf(letter: string): number {
    const known = CHARACTERS[letter];
    if (known !== undefined) return known;
    const length = { x: 2, u: 4, U: 8 }[letter];
    if (length !== undefined) {
      const digits = this.#source.slice(this.#at, this.#at + length).join('');
      if (!new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits))
        throw new RegexError(`incomplete escape \\${letter}${digits}`);
      this.#at += length;
      const code = Number.parseInt(digits, 16);
      if (code > 0x10ffff) throw new RegexError(`bad escape \\${letter}${digits}`);
      return code;
    }
    if (letter === '0') {
      const digits = /^[0-7]{0,2}/.exec(this.#source.slice(this.#at, this.#at + 2).join(''))?.[0] ?? '';
      this.#at += digits.length;
      return Number.parseInt(`0${digits}`, 8);
    }
    // \N{name} too: no name of a module needs it
    if (/[a-zA-Z0-9]/.test(letter)) throw new RegexError(`bad escape \\${letter}`);
    return letter.codePointAt(0) ?? 0;
  }

  #set(): Regex {
    const negative = this.#take('^');
    const members: CharacterSet[] = [];
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      const low = this.#member();
      if (this.#peek() !== '-' || this.#source[this.#at + 1] === ']') {
        members.push(typeof low === 'number' ? (code) => code === low : low);
        continue;
      }
      this.#at++;
      const high = this.#member();
      if (typeof low !== 'number' || typeof high !== 'number' || high < low)
        throw new RegexError('bad character range');
      members.push((code) => code >= low && code <= high);
    }
    this.#at++;
    const any = (code: number) => members.some((has) => has(code));
    const has = this.#flags.i ? ignoringCase(any) : any;
    return { kind: 'set', has: negative ? (code) => !has(code) : has };
  }

  #member(): number | CharacterSet {
    const character = this.#peek();
    if (character === '') throw new RegexError('unterminated character set');
    this.#at++;
    if (character !== '\\') return character.codePointAt(0) ?? 0;
    const letter = this.#peek();
    if (letter === '') throw new RegexError('unterminated character set');
    this.#at++;
    const octal = /^[0-7]{1,3}/.exec(letter + this.#source.slice(this.#at, this.#at + 2).join(''))?.[0];
    if (octal !== undefined && letter !== '0') {
      this.#at += octal.length - 1;
      const code = Number.parseInt(octal, 8);
      if (code > 0o377) throw new RegexError(`octal escape value \\${octal} outside of range 0-0o377`);
      return code;
    }
    return classOf(letter, this.#flags.a) ?? this.#codeOf(letter);
  }

  #group(): Regex | null {
    if (!this.#take('?')) return this.#capturing(null);
    if (this.#take('P')) return this.#named();
    if (this.#take('#')) {
      while (this.#peek() !== ')') {
        if (this.#peek() === '') throw new RegexError('missing ), unterminated comment');
        this.#at++;
      }
      this.#at++;
      return null;
    }
    if (this.#take(':')) return this.#closed(() => this.#either());
    if (this.#take('>')) return { kind: 'atomic', body: this.#closed(() => this.#either()) };
    if (this.#take('=')) return this.#look(false, false);
    if (this.#take('!')) return this.#look(false, true);
    if (this.#take('<=')) return this.#look(true, false);
    if (this.#take('<!')) return this.#look(true, true);
    if (this.#take('(')) return this.#conditional();
    return this.#withFlags();
  }

  #closed<T>(read: () => T): T {
    this.#depth++;
    const value = read();
    this.#depth--;
    if (!this.#take(')')) throw new RegexError('missing ), unterminated subpattern');
    return value;
  }

  #capturing(name: string | null): Regex {
    const index = ++this.#groups;
    if (name !== null) {
      if (this.#names.has(name)) throw new RegexError(`redefinition of group name '${name}'`);
      this.#names.set(name, index);
    }
    const body = this.#closed(() => this.#either());
    this.#widths.set(index, widthOf(body, this.#widths));
    return { kind: 'group', index, body };
  }

  #named(): Regex {
    if (this.#take('<')) return this.#capturing(this.#until('>'));
    if (!this.#take('=')) throw new RegexError(`unknown extension ?P${this.#peek()}`);
    const name = this.#until(')');
    const index = this.#names.get(name);
    if (index === undefined) throw new RegexError(`unknown group name '${name}'`);
    return this.#again(index);
  }

  #until(end: string): string {
    const from = this.#at;
    while (this.#peek() !== end) {
      if (this.#peek() === '') throw new RegexError(`missing ${end}, unterminated name`);
      this.#at++;
    }
    const name = this.#source.slice(from, this.#at++).join('');
    if (name === '') throw new RegexError('missing group name');
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw new RegexError(`bad character in group name '${name}'`);
    return name;
  }

  #look(behind: boolean, negative: boolean): Regex {
    const before = this.#behindFrom;
    if (behind) this.#behindFrom ??= this.#groups;
    const body = this.#closed(() => this.#either());
    this.#behindFrom = before;
    const [low, high] = widthOf(body, this.#widths);
    if (behind && low !== high) throw new RegexError('look-behind requires fixed-width pattern');
    return { kind: 'look', back: behind ? low : 0, negative, body };
  }

  #conditional(): Regex {
    const from = this.#at;
    while (this.#peek() !== ')' && this.#peek() !== '') this.#at++;
    const name = this.#source.slice(from, this.#at++).join('');
    const index = /^\d+$/.test(name) ? Number(name) : this.#names.get(name);
    if (index === undefined) throw new RegexError(`unknown group name '${name}'`);
    if (index === 0) throw new RegexError('bad group number');
    if (index > this.#groups) throw new RegexError(`invalid group reference ${index}`);
    return this.#closed((): Regex => {
      const yes = this.#all();
      const no: Regex = this.#take('|') ? this.#all() : { kind: 'all', parts: [] };
      if (this.#peek() === '|') throw new RegexError('conditional backref with more than two branches');
      return { kind: 'if', index, yes, no };
    });
  }

  /** (?i) for the whole pattern, (?i:…) for a piece. */
  #withFlags(): Regex | null {
    const mayFlag = this.#mayFlag;
    const found = /^([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(this.#source.slice(this.#at, this.#at + 20).join(''));
    if (found === null || (found[1] === '' && found[2] === undefined))
      throw new RegexError(`unknown extension ?${this.#peek()}`);
    const [all, on = '', off = '', end] = found;
    if (on.includes('L')) throw new RegexError("bad inline flags: cannot use 'L' flag with a str pattern");
    if (on.includes('a') && on.includes('u'))
      throw new RegexError("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    if (end === ')' && (off !== '' || !mayFlag))
      throw new RegexError(off === '' ? 'global flags not at the start of the expression' : 'missing :');
    if (Array.from(off).some((flag) => on.includes(flag)))
      throw new RegexError('bad inline flags: flag turned on and off');
    this.#at += all.length;
    const before = this.#flags;
    const { i, m, s, x, a } = before;
    const set = (flag: string, was: boolean) => (was || on.includes(flag)) && !off.includes(flag);
    this.#flags = {
      i: set('i', i),
      m: set('m', m),
      s: set('s', s),
      x: set('x', x),
      a: (a || on.includes('a')) && !on.includes('u'),
    };
    if (end === ')') return null;
    const body = this.#closed(() => this.#either());
    this.#flags = before;
    return body;
  }
}
