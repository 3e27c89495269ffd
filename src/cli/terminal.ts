import { formatMessage, type Message } from '../common/message';
import type { Words } from '../core/run/stepOutput';

/** The part of a stream that is used here, so that tests can catch what is written. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Where people read. Results go to `out`, problems to `err`. */
export class Terminal {
  readonly words: Words;
  readonly #out: Output;
  readonly #err: Output;
  readonly #env: NodeJS.ProcessEnv;

  constructor(out: Output, err: Output, env: NodeJS.ProcessEnv, words: Words) {
    this.#out = out;
    this.#err = err;
    this.#env = env;
    this.words = words;
  }

  /** The same with everything for people on `err`: `out` is for a program. */
  get aside(): Terminal {
    return new Terminal(this.#err, this.#err, this.#env, this.words);
  }

  get interactive(): boolean {
    return this.#out.isTTY === true && this.#env['TERM'] !== 'dumb' && !this.#env['CI'];
  }

  get columns(): number {
    const told = this.#out.columns ?? Number(this.#env['COLUMNS']);
    return Math.max(40, Number.isFinite(told) && told > 0 ? told : 100);
  }

  text(words: Message): string {
    return formatMessage(words, this.words.translations);
  }

  /** A sentence on a line of its own. */
  say(words: Message): void {
    this.line(this.text(words));
  }

  line(text = ''): void {
    this.#out.write(`${text}\n`);
  }

  /** Without a line end: for what is drawn over later. */
  draw(text: string): void {
    this.#out.write(text);
  }

  problem(text: string): void {
    this.#err.write(`${text}\n`);
  }

  bold(text: string): string {
    return this.#styled(text, 1, 22);
  }

  dim(text: string): string {
    return this.#styled(text, 2, 22);
  }

  red(text: string): string {
    return this.#styled(text, 31, 39);
  }

  green(text: string): string {
    return this.#styled(text, 32, 39);
  }

  yellow(text: string): string {
    return this.#styled(text, 33, 39);
  }

  /** https://no-color.org */
  #styled(text: string, start: number, end: number): string {
    const coloured = this.interactive && !this.#env['NO_COLOR'];
    return coloured ? `\u001B[${start}m${text}\u001B[${end}m` : text;
  }
}
