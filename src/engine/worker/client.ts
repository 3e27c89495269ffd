import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../common/disposable';
import { message } from '../../common/message';
import { Channel, type Port, RequestError } from '../../protocol/channel';
import type { NoCalls, WorkerCalls } from './calls';

/** More than this and the work is of no use in an editor; the thread ends, the editor lives on. */
const MAX_HEAP_MB = 1024;

interface Running {
  readonly worker: Worker;
  readonly channel: Channel<WorkerCalls, NoCalls>;
}

interface RequestOptions<K extends keyof WorkerCalls> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (value: WorkerCalls[K] extends { progress: infer P } ? P : never) => void;
  /**
   * The thread is ended if no answer and no progress comes for this long: an endless template can't be stopped otherwise.
   * Other requests under way fail with it. No limit by default.
   */
  readonly silenceMs?: number;
}

/**
 * A thread for what may take long, loop forever or need much memory: reading datasets, rendering templates. It starts with the
 * first request and after it has ended for any reason.
 */
export class WorkerClient implements Disposable {
  readonly #script: string;
  #running: Running | null = null;

  /** script: dist/worker.js. */
  constructor(script: string) {
    this.#script = script;
  }

  /** Rejects with RequestError, or with the signal's reason. */
  async request<K extends keyof WorkerCalls & string>(
    name: K,
    params: WorkerCalls[K]['params'],
    { signal, onProgress, silenceMs }: RequestOptions<K> = {},
  ): Promise<WorkerCalls[K]['result']> {
    const running = (this.#running ??= this.#start());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = (): void => {
      clearTimeout(timer);
      if (silenceMs === undefined) return;
      timer = setTimeout(() => {
        this.#end(
          running,
          message('This took longer than {0} s and was stopped. A template may loop forever.', silenceMs / 1000),
        );
      }, silenceMs);
    };
    listen();
    try {
      return await running.channel.request(name, params, {
        ...(signal === undefined ? {} : { signal }),
        onProgress: (value) => {
          listen();
          // SAFETY: the channel's progress type for K is this one; TypeScript can't relate two conditional types.
          onProgress?.(value as never);
        },
      });
    } finally {
      clearTimeout(timer);
    }
  }

  dispose(): void {
    if (this.#running !== null) this.#end(this.#running, message('Tunebook was closed.'));
  }

  #start(): Running {
    const worker = new Worker(this.#script, {
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      // what libraries print is not for the extension host's own output
      stdout: true,
      stderr: true,
    });
    const port: Port = {
      post: (packet) => worker.postMessage(packet),
      listen: (receive) => {
        worker.on('message', receive);
        return { dispose: () => worker.off('message', receive) };
      },
    };
    const running = { worker, channel: new Channel<WorkerCalls, NoCalls>(port, {}) };
    worker.unref();
    worker.on('error', (error) => this.#end(running, wordsOfEnd(error)));
    worker.on('exit', () => this.#end(running, message('The worker ended before it answered.')));
    return running;
  }

  #end(running: Running, words: RequestError['words']): void {
    if (this.#running === running) this.#running = null;
    running.channel.fail(new RequestError(words));
    void running.worker.terminate();
  }
}

function wordsOfEnd(error: unknown): RequestError['words'] {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return message('This needed more than {0} MB of memory and was stopped.', MAX_HEAP_MB);
  return message('The worker failed: {0}', error instanceof Error ? error.message : String(error));
}
