/**
 * Requests, answers, progress and cancelling between two sides of one build: extension and webview, extension and worker.
 * The answer follows from the question's name; both sides are compiled together, so what arrives has the type it was sent with.
 */
import type { Disposable } from '../common/disposable';
import { formatMessage, type Message } from '../common/message';

/** What can be asked: name → parameters, answer, and what is told meanwhile. All of it plain data. */
export type Calls<C> = { readonly [K in keyof C]: { params: unknown; result: unknown; progress?: unknown } };

/** A way to the other side that keeps the order of messages. */
export interface Port {
  post(packet: unknown): void;
  listen(receive: (packet: unknown) => void): Disposable;
}

export interface Asked<P> {
  /** Aborted when whoever asked doesn't want the answer any more. */
  readonly signal: AbortSignal;
  progress(value: P): void;
}

type ProgressOf<T> = T extends { progress: infer P } ? P : never;

export type Handlers<C extends Calls<C>> = {
  readonly [K in keyof C]: (
    params: C[K]['params'],
    asked: Asked<ProgressOf<C[K]>>,
  ) => C[K]['result'] | Promise<C[K]['result']>;
};

/** A request that the other side could not answer, in words for the person. */
export class RequestError extends Error {
  readonly words: Message;

  constructor(words: Message, options?: ErrorOptions) {
    super(formatMessage(words), options);
    this.name = 'RequestError';
    this.words = words;
  }
}

type Packet =
  | { readonly tunebook: 'ask'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly tunebook: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly tunebook: 'refuse'; readonly id: number; readonly words: Message }
  | { readonly tunebook: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly tunebook: 'cancel'; readonly id: number };

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((value: never) => void) | undefined;
}

/** One side. `Out`: what it asks; `In`: what it answers. */
export class Channel<Out extends Calls<Out>, In extends Calls<In>> implements Disposable {
  readonly #port: Port;
  readonly #handlers: Handlers<In>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #running = new Map<number, AbortController>();
  readonly #listening: Disposable;
  // A webview that comes back begins anew while answers to its former life are on their way: their ids must not be its own.
  #lastId = Math.floor(Math.random() * 2 ** 48);

  constructor(port: Port, handlers: Handlers<In>) {
    this.#port = port;
    this.#handlers = handlers;
    this.#listening = port.listen((packet) => this.#receive(packet));
  }

  /** Rejects with RequestError, or with the signal's reason once it is aborted. */
  request<K extends keyof Out & string>(
    name: K,
    params: Out[K]['params'],
    options: { readonly signal?: AbortSignal; readonly onProgress?: (value: ProgressOf<Out[K]>) => void } = {},
  ): Promise<Out[K]['result']> {
    const { signal, onProgress } = options;
    if (signal?.aborted) return Promise.reject(reasonOf(signal));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.#waiting.delete(id);
        this.#post({ tunebook: 'cancel', id });
        reject(signal === undefined ? new Error('cancelled') : reasonOf(signal));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const end = (): void => signal?.removeEventListener('abort', cancel);
      this.#waiting.set(id, {
        resolve: (result) => {
          end();
          resolve(result);
        },
        reject: (error) => {
          end();
          reject(error);
        },
        onProgress,
      });
      this.#post({ tunebook: 'ask', id, name, params });
    });
  }

  /** The other side is gone: whatever waits gets this error. */
  fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  dispose(): void {
    this.#listening.dispose();
    for (const running of this.#running.values()) running.abort();
    this.fail(new Error('The channel was closed.'));
  }

  #post(packet: Packet): void {
    this.#port.post(packet);
  }

  #receive(data: unknown): void {
    if (typeof data !== 'object' || data === null || !('tunebook' in data)) return;
    // SAFETY: only the other Channel posts objects with this mark, and it is of the same build.
    const packet = data as Packet;
    if (packet.tunebook === 'ask') {
      void this.#answer(packet.id, packet.name, packet.params);
      return;
    }
    if (packet.tunebook === 'cancel') {
      this.#running.get(packet.id)?.abort();
      return;
    }
    const waiting = this.#waiting.get(packet.id);
    if (waiting === undefined) return;
    if (packet.tunebook === 'progress') {
      // SAFETY: as above: the handler of this name told a value of its progress type.
      waiting.onProgress?.(packet.value as never);
      return;
    }
    this.#waiting.delete(packet.id);
    // SAFETY: as above: the answer to this id has the result type of its request.
    if (packet.tunebook === 'answer') waiting.resolve(packet.result as never);
    else waiting.reject(new RequestError(packet.words));
  }

  async #answer(id: number, name: string, params: unknown): Promise<void> {
    const running = new AbortController();
    this.#running.set(id, running);
    try {
      if (!Object.hasOwn(this.#handlers, name)) throw new Error(`No handler of ${name}.`);
      // SAFETY: the other side's compiler allowed only names of `In`, with their parameters.
      const handler = this.#handlers[name as keyof In];
      const asked = {
        signal: running.signal,
        progress: (value: unknown) => this.#post({ tunebook: 'progress', id, value }),
      };
      const result = await handler(params as never, asked);
      if (!running.signal.aborted) this.#post({ tunebook: 'answer', id, result });
    } catch (error) {
      if (!running.signal.aborted) this.#post({ tunebook: 'refuse', id, words: wordsOf(error) });
    } finally {
      this.#running.delete(id);
    }
  }
}

function wordsOf(error: unknown): Message {
  if (error instanceof RequestError) return error.words;
  // A fault of ours: its stack is what a report needs.
  return { text: '{0}', args: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('cancelled');
}
