import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createReadStream } from 'node:fs';
import { message } from '../../common/message';
import type { DatasetFile } from './datasetFile';
import { fileWords } from './fileWords';
import { ReadError } from './readError';

export interface Reading {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file on the disk that were read so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** Larger chunks make more of the rows survive a collection of the young generation: a megabyte costs 40 MB and a fifth of the time. */
const CHUNK_BYTES = 256 * 1024;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes of a text file, decompressed, without a byte order mark. A chunk is valid until the next one is asked for. */
export async function* byteChunks(file: DatasetFile, reading: Reading): AsyncGenerator<Buffer, void, undefined> {
  try {
    let isFirst = true;
    for await (const chunk of file.gzip ? gunzipped(file, reading) : plain(file, reading)) {
      reading.signal?.throwIfAborted();
      if (isFirst) refuseWideCharacters(chunk, file.path);
      yield isFirst && chunk.subarray(0, 3).equals(BOM) ? chunk.subarray(3) : chunk;
      isFirst = false;
    }
  } catch (error) {
    const words = fileWords(error, file.path);
    if (words === null) throw error;
    throw new ReadError(words, {}, error);
  }
}

/** One buffer for all chunks: a new one for each would cost 60 MB before V8 collects them. */
async function* plain({ path: file }: DatasetFile, { onBytes }: Reading): AsyncGenerator<Buffer, void, undefined> {
  const handle = await open(file);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let total = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return;
      total += bytesRead;
      onBytes?.(total);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function* gunzipped({ path: file }: DatasetFile, { onBytes }: Reading): AsyncGenerator<Buffer, void, undefined> {
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES / 4 });
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // the error of either arrives at whoever iterates
  pipeline(source, gunzip, () => undefined);
  try {
    for await (const chunk of gunzip) {
      onBytes?.(source.bytesRead);
      // SAFETY: a gunzip stream without an encoding gives Buffers
      yield chunk as Buffer;
    }
  } catch (error) {
    throw gzipError(error, path.basename(file)) ?? error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** zlib's own codes: https://www.zlib.net/manual.html, as node:zlib names them. */
function gzipError(error: unknown, name: string): ReadError | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  if (error.code === 'Z_BUF_ERROR')
    return new ReadError(
      message('{0} ends in the middle of its compressed data: the file was cut. Download or copy it again.', name),
      {},
      error,
    );
  if (typeof error.code === 'string' && error.code.startsWith('Z_'))
    return new ReadError(
      message('{0} can’t be decompressed: its data are damaged. Download or copy it again.', name),
      {},
      error,
    );
  return null;
}

/** UTF-16 and UTF-32, by their marks or by where the NUL bytes of the first two characters stand (RFC 4627, section 3). */
function refuseWideCharacters(chunk: Buffer, file: string): void {
  const [a = 1, b = 1, c = 1, d = 1] = chunk;
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const unmarked = (a === 0 && b !== 0 && c === 0 && d !== 0) || (a !== 0 && b === 0 && c !== 0 && d === 0);
  const wide = (a === 0 && b === 0 && c === 0 && d !== 0) || (a !== 0 && b === 0 && c === 0 && d === 0);
  if (!marked && !unmarked && !wide) return;
  throw new ReadError(
    message(
      '{0} is UTF-16, not UTF-8. In VS Code: click the encoding in the status bar, Save with Encoding, UTF-8. In a terminal: iconv -f UTF-16 -t UTF-8',
      path.basename(file),
    ),
    { line: 1 },
  );
}
