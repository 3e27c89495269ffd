import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import type { FileFormat } from '../../protocol/dataset';
import { fileWords } from './fileWords';
import { ReadError } from './readError';

/** A dataset file that is there, and what it is. */
export interface DatasetFile {
  readonly path: string;
  readonly format: FileFormat;
  readonly gzip: boolean;
  /** As it is on the disk. */
  readonly bytes: number;
}

const FORMATS: readonly FileFormat[] = ['jsonl', 'json', 'csv', 'tsv', 'parquet'];

/** What the first bytes of a file tell whatever it is called. */
const MAGIC = {
  gzip: [0x1f, 0x8b],
  parquet: [0x50, 0x41, 0x52, 0x31], // PAR1
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
  zip: [0x50, 0x4b, 0x03, 0x04],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
} as const;

/** Looks at a file's name and first bytes. Throws ReadError where its rows can't be read. */
export async function datasetFile(file: string): Promise<DatasetFile> {
  const { head, bytes } = await headOf(file);
  const starts = (kind: keyof typeof MAGIC): boolean => MAGIC[kind].every((byte, index) => head[index] === byte);
  for (const [kind, program] of [
    ['zstd', 'zstd -d'],
    ['zip', 'unzip'],
    ['xz', 'unxz'],
  ] as const)
    if (starts(kind))
      throw new ReadError(
        message('{0} is compressed with {1}. Decompress it first: {2}', path.basename(file), kind, program),
      );
  const gzip = starts('gzip');
  // Parquet says what it is, whatever its name
  const format = starts('parquet') ? 'parquet' : formatByName(file);
  if (format !== null) return { path: file, format, gzip, bytes };
  throw new ReadError(
    message(
      'What {0} holds can’t be told from its name. Rows are read from {1} files, and from the same with .gz.',
      path.basename(file),
      FORMATS.map((name) => `.${name}`).join(', '),
    ),
  );
}

export function formatByName(file: string): FileFormat | null {
  const name = file.toLowerCase().replace(/\.gz$/, '');
  return FORMATS.find((format) => name.endsWith(`.${format}`)) ?? null;
}

async function headOf(file: string): Promise<{ readonly head: Buffer; readonly bytes: number }> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
      return { head: buffer.subarray(0, bytesRead), bytes: (await handle.stat()).size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const words = fileWords(error, file);
    if (words === null) throw error;
    throw new ReadError(words, {}, error);
  }
}
