import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { byteChunks, type Reading } from '../byteChunks';
import type { DatasetFile } from '../datasetFile';
import { fileWords } from '../fileWords';
import { ReadError } from '../readError';

/**
 * A Parquet file begins to be read at its end, which gzip can't jump to: a .parquet.gz is unpacked into a temporary folder
 * while `use` reads it.
 */
export async function* unpacked<T>(
  file: DatasetFile,
  reading: Reading,
  use: (unpackedPath: string) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tunebook-'));
  try {
    const target = path.join(folder, path.basename(file.path).replace(/\.gz$/i, ''));
    await unpack(file, reading, target);
    yield* use(target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unpack(file: DatasetFile, reading: Reading, target: string): Promise<void> {
  // copied: a stream keeps what it is given until it is written
  const copies = async function* (): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of byteChunks(file, reading)) yield Buffer.from(chunk);
  };
  try {
    await pipeline(Readable.from(copies(), { objectMode: false }), createWriteStream(target));
  } catch (error) {
    const words = error instanceof ReadError ? null : fileWords(error, target);
    if (words === null) throw error;
    throw new ReadError(words, {}, error);
  }
}
