import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256 } from './repositories';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Where the bytes of large files lie: a server of another origin, with addresses that are signed. */
export class LargeFiles {
  readonly kept = new Map<string, Buffer>();
  readonly #parts = new Map<string, Map<number, Buffer>>();

  /** What the batch says of an object that is to be uploaded. */
  upload(origin: string, oid: string, size: number, partBytes: number): object {
    if (size <= partBytes) return { href: `${origin}/put/${oid}?signature=x` };
    const count = Math.ceil(size / partBytes);
    const parts = Array.from({ length: count }, (_, at) => [
      String(at + 1).padStart(5, '0'),
      `${origin}/part/${oid}/${at + 1}?signature=x`,
    ]);
    return {
      href: `${origin}/complete/${oid}`,
      header: { chunk_size: String(partBytes), ...Object.fromEntries(parts) },
    };
  }

  answer(method: string, path: string, body: Buffer): Answer {
    const [, action, oid = '', part] = /^\/(put|part|complete|blob)\/(\w+)(?:\/(\d+))?/.exec(path) ?? [];
    switch (`${method} ${action}`) {
      case 'PUT put':
        return this.#keep(oid, body);
      case 'PUT part': {
        const parts = this.#parts.get(oid) ?? new Map<number, Buffer>();
        this.#parts.set(oid, parts.set(Number(part), body));
        return { status: 200, headers: { ETag: `"${sha256(body).slice(0, 32)}"` } };
      }
      case 'POST complete': {
        const parts = [...(this.#parts.get(oid) ?? [])].toSorted(([a], [b]) => a - b);
        return this.#keep(oid, Buffer.concat(parts.map(([, bytes]) => bytes)));
      }
      default:
        return { status: 403, body: '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>' };
    }
  }

  #keep(oid: string, content: Buffer): Answer {
    if (sha256(content) !== oid)
      return { status: 400, body: '<Error><Message>The SHA256 you specified did not match.</Message></Error>' };
    this.kept.set(oid, content);
    return { status: 200 };
  }
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

export function send(response: ServerResponse, { status, headers = {}, body = '' }: Answer, isHead = false): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'Content-Length': String(bytes.length), ...headers });
  response.end(isHead ? undefined : bytes);
}

/** The bytes that a range asks for. */
export function sliced(content: Buffer, range: string | undefined): Answer {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === undefined) return { status: 200, body: content };
  const end = to === '' || to === undefined ? content.length : Math.min(Number(to) + 1, content.length);
  const headers = { 'Content-Range': `bytes ${from}-${end - 1}/${content.length}` };
  return { status: 206, headers, body: content.subarray(Number(from), end) };
}
