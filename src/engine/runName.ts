import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { givenName } from '../core/run/givenName';
import { RUN_FILES } from './runDirectory';

/** The name that a person gave the run, or null. A file that can't be read costs no more than the name. */
export async function readRunName(runDirectory: string): Promise<string | null> {
  return readFile(path.join(runDirectory, RUN_FILES.name), 'utf8').then(givenName, () => null);
}

/** The folder keeps its name: a trainer may write in it, and paths of checkpoints stand in recipes and logs. */
export async function writeRunName(runDirectory: string, name: string): Promise<void> {
  const file = path.join(runDirectory, RUN_FILES.name);
  const given = name.trim();
  if (given === '') return rm(file, { force: true });
  // another window that reads meanwhile sees the old name or the new one
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, `${given}\n`);
  await rename(part, file);
}
