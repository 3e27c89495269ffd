import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPlainObject } from '../../../../src/protocol/shape';
import type { Files } from './models';

export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
  readonly authorization: string | null;
  readonly host: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What a test does to an answer; null: nothing. `this server's own answer` is made by calling back. */
export type Fault = (request: Seen, response: ServerResponse) => Answer | 'hang' | 'handled' | null;

/**
 * A server of our own that speaks the Hub's paths: api/models/…/revision/…, paths-info, resolve with ranges and a redirect to
 * the storage, which is a server of another origin.
 */
export class HubServer {
  readonly seen: Seen[] = [];
  readonly storageSeen: Seen[] = [];
  fault: Fault = () => null;
  storageFault: Fault = () => null;
  /** Bytes that both have written. */
  sent = 0;
  readonly #models = new Map<string, Map<string, Uint8Array>>();
  readonly #hub = createServer((request, response) => this.#answer(request, response));
  readonly #storage = createServer((request, response) => this.#store(request, response));

  static async start(): Promise<HubServer> {
    const server = new HubServer();
    for (const one of [server.#hub, server.#storage])
      await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get endpoint(): string {
    return address(this.#hub);
  }

  get storage(): string {
    return address(this.#storage);
  }

  put(name: string, files: Files): void {
    this.#models.set(name, new Map(Object.entries(files).map(([file, content]) => [file, Buffer.from(content)])));
  }

  forget(): void {
    this.seen.length = 0;
    this.storageSeen.length = 0;
    this.sent = 0;
    this.fault = () => null;
    this.storageFault = () => null;
  }

  async stop(): Promise<void> {
    for (const one of [this.#hub, this.#storage]) {
      one.closeAllConnections();
      await new Promise((resolve) => one.close(resolve));
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const seen = seenOf(request);
    this.seen.push(seen);
    if (this.#faulty(this.fault, seen, response)) return;
    const [, api] = /^\/api\/models\/(.+)$/.exec(seen.path) ?? [];
    if (api === undefined) return this.#resolve(seen, response);
    const [, name = '', action = ''] = /^((?:[\w.-]+\/)?[\w.-]+)\/(revision|paths-info)\//.exec(api) ?? [];
    const files = this.#models.get(name);
    if (files === undefined) return this.#send(response, { status: 401, headers: { 'X-Error-Code': 'RepoNotFound' } });
    if (action === 'revision') {
      const siblings = [...files.keys()].map((rfilename) => ({ rfilename }));
      return this.#json(response, {
        _id: '1',
        id: name,
        sha: COMMIT,
        siblings,
        lastModified: '2026-01-01T00:00:00.000Z',
      });
    }
    void this.#sizes(request, response, files);
  }

  async #sizes(
    request: IncomingMessage,
    response: ServerResponse,
    files: ReadonlyMap<string, Uint8Array>,
  ): Promise<void> {
    const asked: unknown = JSON.parse(await bodyOf(request));
    const paths = isPlainObject(asked) && Array.isArray(asked['paths']) ? asked['paths'] : [];
    const found = paths.flatMap((path: unknown) => {
      const content = files.get(String(path));
      return content === undefined ? [] : [{ path, type: 'file', oid: 'x', size: content.length }];
    });
    this.#json(response, found);
  }

  /** Large files lie elsewhere, as on the Hub. */
  #resolve(seen: Seen, response: ServerResponse): void {
    const [, name = '', file = ''] = /^\/((?:[\w.-]+\/)?[\w.-]+)\/resolve\/[^/]+\/(.+)$/.exec(seen.path) ?? [];
    const content = this.#models.get(name)?.get(decodeURIComponent(file));
    if (content === undefined)
      return this.#send(response, { status: 404, headers: { 'X-Error-Code': 'EntryNotFound' } });
    if (file.endsWith('.safetensors'))
      return this.#send(response, {
        status: 302,
        headers: { Location: `${this.storage}/blob/${name}/${file}?signed=1` },
      });
    this.#send(response, slice(content, seen.range));
  }

  #store(request: IncomingMessage, response: ServerResponse): void {
    const seen = seenOf(request);
    this.storageSeen.push(seen);
    if (this.#faulty(this.storageFault, seen, response)) return;
    const [, name = '', file = ''] = /^\/blob\/((?:[\w-]+\/)?[\w-]+)\/(.+)\?/.exec(seen.path) ?? [];
    const content = this.#models.get(name)?.get(decodeURIComponent(file));
    this.#send(response, content === undefined ? { status: 404 } : slice(content, seen.range));
  }

  #faulty(fault: Fault, seen: Seen, response: ServerResponse): boolean {
    const answer = fault(seen, response);
    if (answer === null) return false;
    if (typeof answer === 'object') this.#send(response, answer);
    return true;
  }

  #json(response: ServerResponse, value: unknown): void {
    this.#send(response, { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) });
  }

  #send(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
    const bytes = Buffer.from(body);
    this.sent += bytes.length;
    response.writeHead(status, { 'Content-Length': String(bytes.length), ...headers });
    response.end(bytes);
  }
}

function slice(content: Uint8Array, range: string | null): Answer {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined) return { status: 200, body: content };
  const end = Math.min(Number(to) + 1, content.length);
  if (Number(from) >= content.length) return { status: 416 };
  return {
    status: 206,
    headers: { 'Content-Range': `bytes ${from}-${end - 1}/${content.length}` },
    body: content.subarray(Number(from), end),
  };
}

function seenOf({ method = '', url = '', headers }: IncomingMessage): Seen {
  const { range = null, authorization = null, host = '' } = headers;
  return { method, path: url, range, authorization, host };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function address(server: Server): string {
  // SAFETY: it listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
