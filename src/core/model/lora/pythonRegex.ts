import { err, ok, type Result } from '../../../common/result';
import { parsePythonRegex } from './pythonRegexParse';
import { compileRegex, type Matcher, type Next, type Run } from './pythonRegexMatch';
import { type ParsedRegex, RegexError } from './pythonRegexTree';

export interface PythonMatch {
  /** Text of a named group; null where it took no part. */
  named(name: string): string | null;
}

/** re.compile(source): match and fullmatch over short texts, in bounded time. */
export class PythonRegex {
  readonly #parsed: ParsedRegex;
  readonly #matcher: Matcher;

  private constructor(parsed: ParsedRegex) {
    this.#parsed = parsed;
    this.#matcher = compileRegex(parsed.root);
  }

  /** The error is Python's sentence. */
  static compile(source: string): Result<PythonRegex, string> {
    try {
      return ok(new PythonRegex(parsePythonRegex(source)));
    } catch (error) {
      if (error instanceof RegexError) return err(error.message);
      throw error;
    }
  }

  /** re.match: from the start, not to the end. Throws RegexTooSlow. */
  match(text: string): PythonMatch | null {
    return this.#run(text, () => true);
  }

  /** re.fullmatch. Throws RegexTooSlow. */
  fullMatch(text: string): boolean {
    const { length } = Array.from(text);
    return this.#run(text, (at) => at === length) !== null;
  }

  #run(text: string, accept: Next): PythonMatch | null {
    const characters = Array.from(text);
    const { groups, names } = this.#parsed;
    const run: Run = {
      text: characters.map((character) => character.codePointAt(0) ?? 0),
      from: Array.from<number>({ length: groups + 1 }).fill(-1),
      to: Array.from<number>({ length: groups + 1 }).fill(-1),
      steps: 0,
    };
    if (!this.#matcher(run, 0, accept)) return null;
    return {
      named: (name) => {
        const index = names.get(name) ?? 0;
        const start = run.from[index] ?? -1;
        return start < 0 ? null : characters.slice(start, run.to[index]).join('');
      },
    };
  }
}
