import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { type PastRun, readRun, runIds } from '../../engine/runHistory';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { printProblems } from '../recipe/printProblems';
import { readRecipe } from '../recipe/readRecipe';
import { runsDirectoryFor } from '../runsDirectory';
import { badUsage, Stopped } from '../stopped';

/**
 * tunebook save RECIPE [DIR]: the adapter of the recipe's last run (or --run), from what it saved or its last checkpoint, to
 * DIR or to save.output_dir: so a stopped training gets its adapter, too.
 */
export const save: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    { run: { type: 'string' }, force: { type: 'boolean', short: 'f' }, 'runs-directory': { type: 'string' } },
    { positionals: 2 },
  );
  const [name, to] = positionals;
  if (name === undefined) throw badUsage(message('Name a recipe: tunebook save recipe.tune.yaml'));
  const recipeFile = path.resolve(context.cwd, name);
  const runsDirectory = runsDirectoryFor(path.dirname(recipeFile), context.cwd, values['runs-directory']);
  const target = to === undefined ? await outputOf(name, context) : path.resolve(context.cwd, to);
  const source = await adapterOf(await runsOf(recipeFile, runsDirectory, values.run), name);
  await copyAdapter(source, target, values.force === true);
  context.terminal.say(message('Copied the adapter from {0}', source));
  context.terminal.say(message('The adapter is in {0}', target));
  return EXIT.done;
};

/** The recipe's save.output_dir. */
async function outputOf(name: string, { cwd, terminal }: Context): Promise<string> {
  const { resolved, problems } = await readRecipe(name, cwd, []);
  if (resolved === null) {
    printProblems(problems, terminal);
    throw new Stopped(message('The recipe has problems; nothing was written.'), {
      remedy: message('Name the folder: tunebook save {0} my-adapter', name),
    });
  }
  return path.resolve(resolved.baseDirectory, String(resolved.sections.save['output_dir']));
}

/** Newest first. */
async function runsOf(recipeFile: string, runsDirectory: string, id: string | undefined): Promise<PastRun[]> {
  const ids = (await runIds(runsDirectory)).filter((run) => id === undefined || run === id);
  if (id !== undefined && ids.length === 0)
    throw badUsage(message('There is no run {0} in {1}.', id, runsDirectory), message('List them with: tunebook runs'));
  const found: PastRun[] = [];
  for (const run of ids.toReversed()) {
    const past = await readRun(path.join(runsDirectory, run));
    if (past !== null && (id !== undefined || past.recipeFile === recipeFile)) found.push(past);
  }
  return found;
}

async function adapterOf(runs: readonly PastRun[], name: string): Promise<string> {
  for (const { state } of runs) {
    const checkpoints = state.steps.train?.checkpoints.map((event) => event.path) ?? [];
    const saved = state.steps.save?.saved?.directory;
    for (const place of [...(saved === undefined ? [] : [saved]), ...checkpoints.toReversed()])
      if (await holdsAdapter(place)) return place;
  }
  throw new Stopped(message('No run of {0} has left an adapter.', name), {
    remedy: message('Train first: tunebook train {0}', name),
  });
}

async function holdsAdapter(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.includes('adapter_config.json') && names.some((file) => file.startsWith('adapter_model.'));
}

/** What a training needs to go on and an adapter doesn't. */
const TRAINING_ONLY = /^(?:optimizer|scheduler|scaler|rng_state|trainer_state|training_args|global_step)/;

/** Written beside and renamed: a half-copied adapter is never where a whole one is looked for. */
async function copyAdapter(source: string, target: string, force: boolean): Promise<void> {
  if (source === target) throw badUsage(message('The adapter is there already: {0}', target));
  const existing = await readdir(target).catch((): string[] => []);
  if (existing.length > 0 && !force)
    throw new Stopped(message('{0} is not empty; nothing was written.', target), {
      remedy: message('Choose another folder, or replace it with --force.'),
    });
  if (existing.length > 0 && !existing.includes('adapter_config.json'))
    throw new Stopped(message('{0} holds something else than an adapter; nothing was written.', target), {
      remedy: message('Choose another folder.'),
    });
  const beside = `${target}.new-${process.pid}`;
  try {
    await mkdir(beside, { recursive: true });
    for (const name of await readdir(source))
      if (!TRAINING_ONLY.test(name)) await cp(path.join(source, name), path.join(beside, name), { recursive: true });
    await rm(target, { recursive: true, force: true });
    await rename(beside, target);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
