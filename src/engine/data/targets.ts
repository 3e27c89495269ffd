import { realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { RequestError } from '../../protocol/channel';
import { fileWords } from './fileWords';

export interface Targets {
  /** Where links lead to, so that a link stays one. */
  readonly target: string;
  readonly problemsFile: string;
  readonly problemsFileIsThere: boolean;
}

/** Where to write. Refuses whatever would change the source, and what is there unless it may be overwritten. */
export async function targetsFor(source: string, target: string, overwrite: boolean): Promise<Targets> {
  await folderIsThere(target);
  if (await isSameFile(source, target))
    throw new RequestError(
      message('{0} is the file that is read. It is never changed: choose another name.', path.basename(target)),
    );
  const problemsFile = problemsFileOf(target);
  if (await isSameFile(source, problemsFile))
    throw new RequestError(
      message(
        'Skipped rows would be listed in {0}, which is the file that is read. Choose another name for the output.',
        path.basename(problemsFile),
      ),
    );
  const there = await statOf(target);
  if (there?.isDirectory()) throw new RequestError(message('{0} is a folder. Name a file in it.', target));
  if (there !== null && !overwrite)
    throw new RequestError(message('{0} is there already; nothing was written.', target));
  return {
    target: await resolved(target),
    problemsFile: await resolved(problemsFile),
    problemsFileIsThere: (await statOf(problemsFile)) !== null,
  };
}

/** rows.chat.jsonl → rows.chat.skipped.jsonl */
export function problemsFileOf(target: string): string {
  return `${target.replace(/\.jsonl$/i, '')}.skipped.jsonl`;
}

/** By device and inode: also through symbolic and hard links, and names that differ by case where the disk ignores it. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([statOf(a), statOf(b)]);
  return one !== null && other !== null && one.dev === other.dev && one.ino === other.ino;
}

async function statOf(file: string) {
  try {
    return await stat(file, { bigint: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    const words = fileWords(error, file);
    throw words === null ? error : new RequestError(words, { cause: error });
  }
}

async function folderIsThere(target: string): Promise<void> {
  const folder = path.dirname(target);
  if ((await statOf(folder)) === null) throw new RequestError(message('There is no folder {0}.', folder));
}

async function resolved(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}
