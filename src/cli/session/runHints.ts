import * as path from 'node:path';
import { message } from '../../common/message';
import type { Context } from '../context';
import { runsDirectoryFor } from '../runsDirectory';

/** How to come back to a run that goes on by itself. */
export function tellHints(runDirectory: string, { terminal, cwd }: Pick<Context, 'terminal' | 'cwd'>): void {
  const name = runArgument(runDirectory, cwd);
  terminal.say(message('The run goes on by itself. Watch it: tunebook attach {0}', name));
  terminal.say(message('Stop it with a checkpoint: tunebook stop {0}', name));
}

/** What `attach` and `stop` understand here: the run's id where runs are looked for, else its directory, quoted for a shell. */
export function runArgument(runDirectory: string, cwd: string): string {
  const id = path.basename(runDirectory);
  const isHere = path.join(runsDirectoryFor(cwd, cwd, undefined), id) === runDirectory;
  const name = isHere ? id : runDirectory;
  return /^[\p{L}\p{N}._/\\:@+-]+$/u.test(name) ? name : `"${name.replace(/(["\\$`])/g, '\\$1')}"`;
}
