import { escapedCode, readSet } from './pythonRegexCharacters';
import { type Flags, NO_FLAGS, readFlags } from './pythonRegexFlags';
import { PatternReader } from './pythonRegexReader';
import { readBounds } from './pythonRegexRepeats';
import { type CharacterSet, classOf, ignoringCase } from './pythonRegexSets';
import { type ParsedRegex, type Regex, RegexError, widthOf } from './pythonRegexTree';

/**
 * Reads a regular expression as Python's `re` does (Lib/re/_parser.py, 3.11 to 3.13), with its errors. JavaScript's
 * differ in what they accept and mean, and can't be stopped when they take too long.
 */
export function parsePythonRegex(source: string): ParsedRegex {
  return new Parser(source).parse();
}

class Parser {
  readonly #reader: PatternReader;
  #flags: Flags = NO_FLAGS;
  #groups = 0;
  readonly #names = new Map<string, number>();
  /** Of the groups that are closed; others can't be referred to. */
  readonly #widths = new Map<number, readonly [number, number]>();
  #behindFrom: number | null = null;
  #depth = 0;
  /** Flags for the whole pattern stand at its start alone. */
  #mayFlag = true;

  constructor(source: string) {
    this.#reader = new PatternReader(source);
  }

  parse(): ParsedRegex {
    const root = this.#either();
    if (!this.#reader.atEnd) throw new RegexError('unbalanced parenthesis');
    return { root, groups: this.#groups, names: this.#names };
  }

  #either(): Regex {
    const branches = [this.#all(this.#depth === 0)];
    while (this.#reader.take('|')) branches.push(this.#all());
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: 'either', branches };
  }

  #all(isStart = false): Regex {
    const parts: Regex[] = [];
    for (;;) {
      if (this.#flags.x && this.#skipped()) continue;
      const character = this.#reader.peek();
      if (character === '' || character === '|' || character === ')') return { kind: 'all', parts };
      const start = this.#reader.at;
      this.#mayFlag = isStart && parts.length === 0;
      const item = this.#item();
      if (item === null) continue; // a comment or flags
      parts.push(this.#repeated(item, this.#reader.from(start)));
    }
  }

  /** Blanks and comments under (?x). */
  #skipped(): boolean {
    if (/^\s$/.test(this.#reader.peek())) {
      this.#reader.at++;
      return true;
    }
    if (this.#reader.peek() !== '#') return false;
    while (this.#reader.peek() !== '' && this.#reader.peek() !== '\n') this.#reader.at++;
    return true;
  }

  #repeated(item: Regex, written: string): Regex {
    let result = item;
    for (let times = 0; ; times++) {
      while (this.#flags.x && this.#skipped());
      const bounds = readBounds(this.#reader);
      if (bounds === null) return result;
      if (times > 0) throw new RegexError('multiple repeat');
      if (item.kind === 'at' || written === '') throw new RegexError('nothing to repeat');
      const mode = this.#reader.take('?') ? 'lazy' : this.#reader.take('+') ? 'possessive' : 'greedy';
      result = { kind: 'repeat', body: item, min: bounds[0], max: bounds[1], mode };
    }
  }

  #item(): Regex | null {
    const character = this.#reader.peek();
    if ('*+?'.includes(character)) throw new RegexError('nothing to repeat');
    if (character === '{' && readBounds(this.#reader) !== null) throw new RegexError('nothing to repeat');
    this.#reader.at++;
    const { m, s } = this.#flags;
    if (character === '.') return { kind: 'set', has: s ? () => true : (code) => code !== 10 };
    if (character === '^') return { kind: 'at', where: m ? 'lineStart' : 'start' };
    if (character === '$') return { kind: 'at', where: m ? 'lineEnd' : 'end' };
    if (character === '[') return readSet(this.#reader, this.#flags);
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
    const letter = this.#reader.peek();
    if (letter === '') throw new RegexError('bad escape (end of pattern)');
    this.#reader.at++;
    if (letter === 'A') return { kind: 'at', where: 'start' };
    if (letter === 'Z') return { kind: 'at', where: 'textEnd' };
    if (letter === 'b') return { kind: 'at', where: 'word' };
    if (letter === 'B') return { kind: 'at', where: 'notWord' };
    const set = classOf(letter, this.#flags.a);
    if (set !== null) return this.#setOf(set);
    if (/[1-9]/.test(letter)) return this.#numbered(letter);
    return this.#character(escapedCode(this.#reader, letter));
  }

  /** \1 to \99 are groups, \123 (three octal digits) is a character. */
  #numbered(first: string): Regex {
    const digits = first + (/^\d{0,2}/.exec(this.#reader.rest(2))?.[0] ?? '');
    if (/^[0-3][0-7]{2}$/.test(digits)) {
      this.#reader.at += 2;
      return this.#character(Number.parseInt(digits, 8));
    }
    if (/^[4-7][0-7]{2}$/.test(digits)) throw new RegexError(`octal escape value \\${digits} outside of range 0-0o377`);
    const index = Number(digits.slice(0, 2));
    this.#reader.at += String(index).length - 1;
    return this.#again(index);
  }

  #again(index: number): Regex {
    if (index > this.#groups) throw new RegexError(`invalid group reference ${index}`);
    if (!this.#widths.has(index)) throw new RegexError('cannot refer to an open group');
    if (this.#behindFrom !== null && index > this.#behindFrom)
      throw new RegexError('cannot refer to group defined in the same lookbehind subpattern');
    return { kind: 'again', index, ignoreCase: this.#flags.i };
  }

  #group(): Regex | null {
    if (!this.#reader.take('?')) return this.#capturing(null);
    if (this.#reader.take('P')) return this.#named();
    if (this.#reader.take('#')) {
      while (this.#reader.peek() !== ')') {
        if (this.#reader.peek() === '') throw new RegexError('missing ), unterminated comment');
        this.#reader.at++;
      }
      this.#reader.at++;
      return null;
    }
    if (this.#reader.take(':')) return this.#closed(() => this.#either());
    if (this.#reader.take('>')) return { kind: 'atomic', body: this.#closed(() => this.#either()) };
    if (this.#reader.take('=')) return this.#look(false, false);
    if (this.#reader.take('!')) return this.#look(false, true);
    if (this.#reader.take('<=')) return this.#look(true, false);
    if (this.#reader.take('<!')) return this.#look(true, true);
    if (this.#reader.take('(')) return this.#conditional();
    return this.#withFlags();
  }

  #closed<T>(read: () => T): T {
    this.#depth++;
    const value = read();
    this.#depth--;
    if (!this.#reader.take(')')) throw new RegexError('missing ), unterminated subpattern');
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
    if (this.#reader.take('<')) return this.#capturing(this.#until('>'));
    if (!this.#reader.take('=')) throw new RegexError(`unknown extension ?P${this.#reader.peek()}`);
    const name = this.#until(')');
    const index = this.#names.get(name);
    if (index === undefined) throw new RegexError(`unknown group name '${name}'`);
    return this.#again(index);
  }

  /** The text since a place, and the character after it away. */
  #upTo(from: number): string {
    const text = this.#reader.from(from);
    this.#reader.at++;
    return text;
  }

  #until(end: string): string {
    const from = this.#reader.at;
    while (this.#reader.peek() !== end) {
      if (this.#reader.peek() === '') throw new RegexError(`missing ${end}, unterminated name`);
      this.#reader.at++;
    }
    const name = this.#upTo(from);
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
    const from = this.#reader.at;
    while (this.#reader.peek() !== ')' && this.#reader.peek() !== '') this.#reader.at++;
    const name = this.#upTo(from);
    const index = /^\d+$/.test(name) ? Number(name) : this.#names.get(name);
    if (index === undefined) throw new RegexError(`unknown group name '${name}'`);
    if (index === 0) throw new RegexError('bad group number');
    if (index > this.#groups) throw new RegexError(`invalid group reference ${index}`);
    return this.#closed((): Regex => {
      const yes = this.#all();
      const no: Regex = this.#reader.take('|') ? this.#all() : { kind: 'all', parts: [] };
      if (this.#reader.peek() === '|') throw new RegexError('conditional backref with more than two branches');
      return { kind: 'if', index, yes, no };
    });
  }

  #withFlags(): Regex | null {
    const before = this.#flags;
    const { flags, isGlobal } = readFlags(this.#reader, before, this.#mayFlag);
    this.#flags = flags;
    if (isGlobal) return null;
    const body = this.#closed(() => this.#either());
    this.#flags = before;
    return body;
  }
}
