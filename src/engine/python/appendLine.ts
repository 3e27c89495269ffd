import { open } from 'node:fs/promises';

/**
 * Adds a whole line to a file that others append to as well, with one write, so that lines don't mix. Half a line that a
 * killed writer left stays a line of its own. False where it can't be written: a full disk, a directory that is gone.
 */
export async function appendLine(file: string, line: string): Promise<boolean> {
  try {
    const handle = await open(file, 'a+');
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const bytes = Buffer.from(`${size === 0 || last[0] === 0x0a ? '' : '\n'}${line}\n`);
      const { bytesWritten } = await handle.write(bytes);
      return bytesWritten === bytes.length;
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}
