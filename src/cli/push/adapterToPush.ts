import { access } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { readRun, runIds } from '../../engine/runHistory';
import type { Context } from '../context';
import { runsDirectoryFor } from '../runsDirectory';
import { findRun } from '../session/findRun';
import { Stopped } from '../stopped';

/** The folder itself, or the adapter of a run; without a word the newest that a run has saved. */
export async function adapterToPush(
  given: string | undefined,
  runsDirectory: string | undefined,
  context: Context,
): Promise<string> {
  const { cwd } = context;
  if (given === undefined) return newest(runsDirectoryFor(cwd, cwd, runsDirectory));
  const folder = path.resolve(cwd, given);
  if (await holdsAdapter(folder)) return folder;
  const run = await findRun({ run: given, runsDirectory }, context);
  const saved = await savedBy(run);
  if (saved !== null) return saved;
  throw new Stopped(message('The run {0} has saved no adapter.', path.basename(run)), {
    remedy: message('Copy its last checkpoint with: tunebook save recipe.tune.yaml my-adapter; then push that folder.'),
  });
}

async function newest(runsDirectory: string): Promise<string> {
  for (const id of (await runIds(runsDirectory)).toReversed()) {
    const saved = await savedBy(path.join(runsDirectory, id));
    if (saved !== null) return saved;
  }
  throw new Stopped(message('No run in {0} has saved an adapter.', runsDirectory), {
    remedy: message('Name its folder: tunebook push my-adapter --repo user/name'),
  });
}

async function savedBy(run: string): Promise<string | null> {
  const saved = (await readRun(run))?.state.steps.save?.saved?.directory;
  return saved !== undefined && (await holdsAdapter(saved)) ? saved : null;
}

function holdsAdapter(folder: string): Promise<boolean> {
  return access(path.join(folder, 'adapter_config.json')).then(
    () => true,
    () => false,
  );
}
