import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HubApi } from './hubApi';
import { type Answer, bodyOf, LargeFiles, send, sliced } from './storage';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly bytes: number;
}

/** What a test does to a request; 'cut': the connection ends while its body is read; 'hang': no answer. null: nothing. */
export type Fault = (method: string, path: string) => Answer | 'cut' | 'hang' | null;

/** Speaks the Hub's HTTP: what pushes, and what Python's huggingface_hub downloads with. */
export class HubServer {
  readonly api: HubApi;
  readonly large = new LargeFiles();
  readonly seen: Seen[] = [];
  readonly storageSeen: Seen[] = [];
  fault: Fault = () => null;
  storageFault: Fault = () => null;
  readonly #hub = createServer((request, response) => void this.#answer(request, response));
  readonly #storage = createServer((request, response) => void this.#store(request, response));

  private constructor() {
    this.api = new HubApi(this.large, () => ({
      hub: this.endpoint, // by another name: who downloads takes it for another host, as the Hub's storage is
      storage: address(this.#storage).replace('127.0.0.1', 'localhost'),
    }));
  }

  static async start(): Promise<HubServer> {
    const server = new HubServer();
    for (const one of [server.#hub, server.#storage])
      await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get endpoint(): string {
    return address(this.#hub);
  }

  get calls(): readonly string[] {
    return this.seen.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
  }

  forget(): void {
    this.seen.length = 0;
    this.storageSeen.length = 0;
    this.fault = () => null;
    this.storageFault = () => null;
  }

  async stop(): Promise<void> {
    for (const one of [this.#hub, this.#storage]) {
      one.closeAllConnections();
      await new Promise((resolve) => one.close(resolve));
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = await this.#read(request, response, this.fault, this.seen);
    if (body === null) return;
    send(response, this.api.answer(method, url, headers, body), method === 'HEAD');
  }

  async #store(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = await this.#read(request, response, this.storageFault, this.storageSeen);
    if (body === null) return;
    const [, oid] = /^\/blob\/(\w+)/.exec(url) ?? [];
    const blob = oid === undefined ? undefined : this.large.kept.get(oid);
    // as S3 does it
    if (method === 'PUT' && headers['content-length'] === undefined)
      return send(response, {
        status: 411,
        body: '<Error><Message>You must provide Content-Length.</Message></Error>',
      });
    send(response, blob === undefined ? this.large.answer(method, url, body) : sliced(blob, headers.range));
  }

  /** Null where a fault has answered. */
  async #read(request: IncomingMessage, response: ServerResponse, fault: Fault, seen: Seen[]): Promise<Buffer | null> {
    const { method = '', url = '', headers } = request;
    const answer = fault(method, url);
    if (answer === 'cut') {
      seen.push({ method, path: url, authorization: headers.authorization ?? null, bytes: 0 });
      request.once('data', () => request.socket.destroy());
      return null;
    }
    const body = await bodyOf(request).catch(() => null);
    if (body === null) return null;
    seen.push({ method, path: url, authorization: headers.authorization ?? null, bytes: body.length });
    if (answer === null) return body;
    if (answer !== 'hang') send(response, answer);
    return null;
  }
}

function address(server: Server): string {
  // SAFETY: it listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
