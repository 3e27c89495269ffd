import type { ModelFiles } from './modelFiles';

/** A whole file; null where it is no UTF-8. `bytes`: its size, which the caller has found small enough. */
export async function readText(files: ModelFiles, name: string, bytes: number): Promise<string | null> {
  const content = await files.read(name, 0, bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}
