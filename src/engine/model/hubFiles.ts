import { downloadFile, modelInfo, pathsInfo } from '@huggingface/hub';
import { message } from '../../common/message';
import type { ModelTrouble } from '../../protocol/model';
import { type HubConnection, hubFetch } from './hubFetch';
import { brokenOff, noAnswer, strangeAnswer } from './hubTroubles';
import type { ModelFiles } from './modelFiles';
import { ModelTroubleError } from './modelTroubleError';

/** Paths that are asked for at once, as huggingface_hub does (_commit_api.py, FETCH_LFS_BATCH_SIZE). */
const BATCH = 500;
/** Fetched while config.json is: most models that are worth asking for have one. */
const EARLY = 'model.safetensors.index.json';
const SINGLE = 'model.safetensors';
const MOST_EARLY_BYTES = 30_000_000;

/** The commit that a branch or tag stands for, and what it has. Throws ModelTroubleError. */
export async function openCommit(
  connection: HubConnection,
): Promise<{ readonly commit: string; readonly names: readonly string[] }> {
  const { name, revision, endpoint } = connection;
  const info = await asked(connection, () =>
    modelInfo({
      name,
      revision,
      hubUrl: endpoint,
      fetch: hubFetch(connection, null),
      additionalFields: ['sha', 'filePaths'],
    }),
  );
  const names: readonly unknown[] = info.filePaths ?? [];
  if (!names.every((file) => typeof file === 'string'))
    throw new ModelTroubleError(strangeAnswer(message('The Hub lists files of {0} without names.', name)));
  return { commit: typeof info.sha === 'string' && info.sha !== '' ? info.sha : revision, names };
}

/** A model on the Hub at one commit. */
export class HubFiles implements ModelFiles {
  readonly kind = 'hub';
  readonly place: string;
  readonly #connection: HubConnection;
  readonly #commit: string;
  readonly #names: ReadonlySet<string>;
  /** Of the files in the folder itself. */
  #sizes: Promise<ReadonlyMap<string, number>> | null = null;
  #early: Promise<Uint8Array> | null = null;

  constructor(connection: HubConnection, commit: string, names: readonly string[]) {
    this.#connection = connection;
    this.#commit = commit;
    this.#names = new Set(names);
    this.place = connection.name;
  }

  shown(name: string): string {
    return `${this.place}/${name}`;
  }

  async list(): Promise<readonly string[]> {
    return [...this.#names].filter((name) => !name.includes('/'));
  }

  async sizeOf(name: string): Promise<number | null> {
    if (!this.#names.has(name)) return null;
    if (name.includes('/')) return (await this.#ask([name])).get(name) ?? null;
    this.#sizes ??= this.#rootSizes();
    return (await this.#sizes).get(name) ?? null;
  }

  async read(name: string, start: number, end: number): Promise<Uint8Array> {
    if (end <= start) return new Uint8Array();
    if (name === EARLY && start === 0 && this.#early !== null) return (await this.#early).subarray(0, end);
    return this.#read(name, start, end);
  }

  async #read(name: string, start: number, end: number): Promise<Uint8Array> {
    const size = await this.sizeOf(name);
    if (size === null) return new Uint8Array();
    const url = this.#url(name);
    const bytes = await asked(this.#connection, async () => {
      const blob = await downloadFile({
        repo: this.place,
        path: name,
        // asked before: saves a request a file
        downloadInfo: { size, etag: '', url },
        // its chunks are larger than a header, and need another token
        xet: false,
        fetch: hubFetch(this.#connection, size),
      });
      return blob === null ? new Uint8Array() : new Uint8Array(await blob.slice(start, end).arrayBuffer());
    });
    const wanted = Math.min(end, size) - start;
    if (bytes.length < wanted) throw new ModelTroubleError(brokenOff(this.shown(name), bytes.length, wanted));
    return bytes;
  }

  async #rootSizes(): Promise<ReadonlyMap<string, number>> {
    const names = (await this.list()).filter((name) => /\.(?:json|safetensors)$/.test(name));
    const batches = Array.from({ length: Math.ceil(names.length / BATCH) }, (_, at) =>
      names.slice(at * BATCH, (at + 1) * BATCH),
    );
    const sizes = new Map<string, number>();
    for (const found of await Promise.all(batches.map((batch) => this.#ask(batch))))
      for (const [name, size] of found) sizes.set(name, size);
    const early = sizes.get(SINGLE) === undefined ? sizes.get(EARLY) : undefined;
    if (early !== undefined && early <= MOST_EARLY_BYTES) {
      this.#sizes = Promise.resolve(sizes);
      this.#early = this.#read(EARLY, 0, early);
      // whoever asks for it is told
      this.#early.catch(() => {});
    }
    return sizes;
  }

  async #ask(paths: string[]): Promise<ReadonlyMap<string, number>> {
    const { name, endpoint } = this.#connection;
    const found = await asked(this.#connection, () =>
      pathsInfo({
        repo: name,
        paths,
        revision: this.#commit,
        hubUrl: endpoint,
        fetch: hubFetch(this.#connection, null),
      }),
    );
    return new Map(
      found.filter(({ type, size }) => type === 'file' && isSize(size)).map(({ path, size }) => [path, size]),
    );
  }

  #url(name: string): string {
    const path = name.split('/').map(encodeURIComponent).join('/');
    return `${this.#connection.endpoint}/${this.place}/resolve/${encodeURIComponent(this.#commit)}/${path}`;
  }
}

function isSize(size: unknown): boolean {
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
}

/** What @huggingface/hub throws besides is an answer that it didn't understand, or one that broke off. */
async function asked<T>({ name, endpoint, signal, timeoutMs }: HubConnection, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ModelTroubleError) throw error;
    throw new ModelTroubleError(troubleOf(error), { cause: error });
  }

  function troubleOf(error: unknown): ModelTrouble {
    const why = error instanceof Error ? error.message : String(error);
    const { host } = new URL(endpoint);
    // AbortSignal.timeout while the body came
    if (error instanceof DOMException && error.name === 'TimeoutError') return noAnswer(host, error, timeoutMs);
    // undici's word for a connection that ended within the body
    if (error instanceof TypeError && why === 'terminated') return noAnswer(host, error, null);
    return strangeAnswer(message('The Hub’s answer about {0} can’t be used: {1}', name, why));
  }
}
