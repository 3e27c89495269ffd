import { PythonRegex, type PythonMatch } from './pythonRegex';
import { RegexTooSlow } from './pythonRegexMatch';
import { type LoraKey, Refused, Unjudged } from './refusal';

const compiled = new Map<string, PythonRegex>();
const MANY = 500;

/** A pattern of the recipe, as it stands in a larger one of PEFT's. Throws Refused and Unjudged. */
export class KeyPattern {
  readonly #key: LoraKey;
  readonly #written: string;
  readonly #regex: PythonRegex;

  constructor(key: LoraKey, written: string, whole = written) {
    this.#key = key;
    this.#written = written;
    this.#regex = this.#compile(whole);
  }

  fullMatch(name: string): boolean {
    return this.#bounded(() => this.#regex.fullMatch(name));
  }

  match(name: string): PythonMatch | null {
    return this.#bounded(() => this.#regex.match(name));
  }

  #compile(whole: string): PythonRegex {
    const known = compiled.get(whole);
    if (known !== undefined) return known;
    const regex = PythonRegex.compile(whole);
    if (!regex.ok)
      throw new Refused({ kind: 'badPattern', key: this.#key, pattern: this.#written, reason: regex.error });
    if (compiled.size >= MANY) compiled.clear();
    compiled.set(whole, regex.value);
    return regex.value;
  }

  #bounded<T>(match: () => T): T {
    try {
      return match();
    } catch (error) {
      if (error instanceof RegexTooSlow)
        throw new Unjudged({ kind: 'slowPattern', key: this.#key, pattern: this.#written });
      throw error;
    }
  }
}
