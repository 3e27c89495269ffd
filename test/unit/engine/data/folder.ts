import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { ReadError } from '../../../../src/engine/data/readError';
import { readRows } from '../../../../src/engine/data/readRows';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tunebook-data-'));
  folders.push(folder);
  return folder;
}

export async function newFile(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(await newFolder(), name);
  await writeFile(file, content);
  return file;
}

export function gzipped(content: string | Buffer): Buffer {
  return gzipSync(content);
}

/** What reading a file gives, as plain as a test wants to compare it. */
export async function readAll(file: string, options: Parameters<typeof readRows>[1] = {}) {
  const rows: unknown[] = [];
  const problems: string[] = [];
  const places: (number | null)[] = [];
  let error: string | null = null;
  try {
    for await (const batch of readRows(file, options))
      for (const item of batch) {
        if (item.kind === 'row') {
          rows.push(item.row.value);
          places.push(item.row.line);
        } else {
          const { line, column, row, reason } = item.problem;
          problems.push(`${line}${column === undefined ? '' : `:${column}`} #${row} ${formatMessage(reason)}`);
        }
      }
  } catch (thrown) {
    if (!(thrown instanceof ReadError)) throw thrown;
    error = `${thrown.problem.line} ${thrown.message}`;
  }
  return { rows, places, problems, error };
}
