import { open } from 'node:fs/promises';

const END_BYTES = 64 * 1024;

export interface LogEnd {
  /** Behind the last whole line. */
  readonly position: number;
  /** The whole lines before it, oldest first. */
  readonly lastLines: readonly string[];
}

/** The end of a log; nothing of one that can't be read. */
export async function readLogEnd(file: string): Promise<LogEnd> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const start = Math.max(0, size - END_BYTES);
      const bytes = Buffer.alloc(size - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      const end = bytes.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      const lines = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
      // what was cut off at the start is half a line
      return { position: end === 0 ? start + bytesRead : start + end, lastLines: start === 0 ? lines : lines.slice(1) };
    } finally {
      await handle.close();
    }
  } catch {
    return { position: 0, lastLines: [] };
  }
}
