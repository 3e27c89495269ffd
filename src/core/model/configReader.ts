import { message, type Message } from '../../common/message';
import type { ModelTrouble } from '../../protocol/model';
import { isPlainObject } from '../../protocol/shape';
import type { ModelConfig } from './config';
import { badConfig } from './trouble';

/** More than any published model: the largest vocabularies have 262,144 entries, the widest layers less than 2^20. */
const MOST_SIZE = 2 ** 31 - 1;
/** Llama 3.1 405B has 126 layers; each makes a dozen modules. */
const MOST_COUNT = 4096;

/**
 * The values of a config.json as a config class of transformers takes them: with that class' default where a key is missing.
 * Values that can't be used are noted (the first one is told) and read as something small, so that a family builds its
 * modules without asking at each step: whoever made the reader looks at `trouble` at the end.
 */
export class ConfigReader {
  #first: ModelTrouble | null = null;

  constructor(
    private readonly config: ModelConfig,
    private readonly values: Readonly<Record<string, unknown>> = config.values,
    private readonly path: string = '',
    private readonly parent: ConfigReader | null = null,
    /** What a value is called in config.json, where it is read by another name. */
    private readonly written: ReadonlyMap<string, string> = new Map(),
  ) {}

  get modelType(): string {
    return typeof this.values['model_type'] === 'string' ? this.values['model_type'] : this.config.modelType;
  }

  get trouble(): ModelTrouble | null {
    return this.parent === null ? this.#first : this.parent.trouble;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.values, key);
  }

  /** The value as it stands; undefined where there is none. */
  raw(key: string): unknown {
    return this.has(key) ? this.values[key] : undefined;
  }

  /** attribute_map of a config class: values under `aliases`' keys are read by the names on the right. */
  aliased(aliases: Readonly<Record<string, string>>): ConfigReader {
    const renamed = { ...this.values };
    const written = new Map(this.written);
    for (const [alias, name] of Object.entries(aliases)) {
      if (!this.has(alias)) continue;
      renamed[name] = this.values[alias];
      written.set(name, alias);
    }
    return new ConfigReader(this.config, renamed, this.path, this, written);
  }

  /** The same with these values in place of its own. */
  with(values: Readonly<Record<string, unknown>>): ConfigReader {
    return new ConfigReader(this.config, { ...this.values, ...values }, this.path, this, this.written);
  }

  /** A config within the config, such as text_config; `fallback`: its values where there is none. */
  nested(key: string, fallback: Readonly<Record<string, unknown>> = {}): ConfigReader {
    const value = this.raw(key) ?? fallback;
    if (isPlainObject(value)) return new ConfigReader(this.config, value, this.#at(key), this);
    this.wrong(key, (...at) => message('{0}, line {1}: "{2}" is {3}, not an object.', ...at));
    return new ConfigReader(this.config, {}, this.#at(key), this);
  }

  /** A whole number above 0; without `fallback` the key must be there. */
  size(key: string, fallback?: number): number {
    return this.#whole(key, fallback, 1, MOST_SIZE);
  }

  /** As size, but null and a missing key give null (`int | None = None`). */
  sizeOrNull(key: string): number | null {
    const value = this.raw(key);
    return value === undefined || value === null ? null : this.size(key);
  }

  /** How many modules of a kind to make: layers, experts. Bounded, since each takes memory. */
  count(key: string, fallback?: number, most: number = MOST_COUNT): number {
    return this.#whole(key, fallback, 1, most);
  }

  /** As count, but 0 is allowed. */
  countOrZero(key: string, fallback?: number, most: number = MOST_COUNT): number {
    return this.#whole(key, fallback, 0, most);
  }

  /** A finite number. */
  number(key: string, fallback: number): number {
    const value = this.raw(key) ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.wrong(key, (...at) => message('{0}, line {1}: "{2}" is {3}, not a number.', ...at));
    return fallback;
  }

  /** null is false, as in Python. */
  flag(key: string, fallback: boolean): boolean {
    const value = this.raw(key);
    if (value === undefined) return fallback;
    if (typeof value === 'boolean') return value;
    if (value === null) return false;
    this.wrong(key, (...at) => message('{0}, line {1}: "{2}" is {3}, not true or false.', ...at));
    return fallback;
  }

  text(key: string, fallback: string): string {
    const value = this.raw(key) ?? fallback;
    if (typeof value === 'string') return value;
    this.wrong(key, (...at) => message('{0}, line {1}: "{2}" is {3}, not a text.', ...at));
    return fallback;
  }

  /** A list of texts, such as layer_types; null where there is none. */
  texts(key: string): readonly string[] | null {
    const value = this.raw(key) ?? null;
    if (value === null) return null;
    if (Array.isArray(value) && value.every((element) => typeof element === 'string')) return value;
    this.wrong(key, (...at) => message('{0}, line {1}: "{2}" is {3}, not a list of texts.', ...at));
    return null;
  }

  /** A list of whole numbers from 0, such as indices of layers; null where there is none. */
  wholes(key: string): readonly number[] | null {
    const value = this.raw(key) ?? null;
    if (value === null) return null;
    if (Array.isArray(value) && value.every((element) => Number.isSafeInteger(element) && element >= 0)) return value;
    this.wrong(key, (...at) => message('{0}, line {1}: "{2}" is {3}, not a list of whole numbers.', ...at));
    return null;
  }

  /** Notes that `key` can't have its value. `say` gets file, line, path and value. */
  wrong(key: string, say: (file: string, line: number, path: string, value: string) => Message): void {
    const path = this.#at(key);
    const line = this.config.lines.get(path) ?? this.config.lines.get(this.path) ?? 1;
    this.#note(say(this.config.file, line, path, shown(this.raw(key))));
  }

  #whole(key: string, fallback: number | undefined, least: number, most: number): number {
    const value = this.raw(key) ?? (this.has(key) ? null : fallback);
    if (value === undefined) {
      this.#note(
        message('{0} has no "{1}", which a model of type {2} needs.', this.config.file, this.#at(key), this.modelType),
      );
      return 1;
    }
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    this.wrong(key, (...at) =>
      message('{0}, line {1}: "{2}" is {3}, not a whole number from {4} to {5}.', ...at, least, most),
    );
    return 1;
  }

  #at(key: string): string {
    const name = this.written.get(key) ?? key;
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  #note(problem: Message): void {
    if (this.parent !== null) {
      this.parent.#note(problem);
      return;
    }
    this.#first ??= badConfig(
      this.config.file,
      problem,
      message('Compare {0} with the one that was published with the model.', this.config.file),
    );
  }
}

function shown(value: unknown): string {
  // Not JSON alone: NaN would be null there.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'null');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
