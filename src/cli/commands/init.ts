import { cp, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { modelTypeOf } from '../../core/model/modelType';
import { configFile } from '../../core/recipe/recipePaths';
import { newRecipe } from '../../core/recipe/template';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { columnsFor } from '../init/columns';
import { placeFor } from '../init/places';
import { readOptions } from '../options';
import { recipeFiles } from '../recipe/recipeFiles';
import { badUsage, Stopped } from '../stopped';

/** tunebook init [FOLDER]: the sample, or a recipe for a model and a dataset. Nothing that is there is overwritten. */
export const init: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    {
      sample: { type: 'string' },
      model: { type: 'string' },
      dataset: { type: 'string' },
      prompt: { type: 'string' },
      completion: { type: 'string' },
      '4bit': { type: 'boolean' },
      name: { type: 'string' },
    },
    { positionals: 1 },
  );
  const folder = path.resolve(context.cwd, positionals[0] ?? '.');
  const { model, dataset } = values;
  if (model === undefined && dataset === undefined) return copySample(values.sample ?? 'yoda', folder, context);
  if (values.sample !== undefined) throw badUsage(message('Give either --sample or --model with --dataset.'));
  if (model === undefined || dataset === undefined)
    throw badUsage(message('A recipe wants both --model and --dataset.'));
  const file = path.join(folder, `${values.name ?? path.basename(dataset).replace(/\.[^.]*$/, '')}.tune.yaml`);
  const modelType = modelTypeOf(await recipeFiles(context.cwd).readText(configFile(model)));
  const text = newRecipe({
    model: await placeFor(model, folder, context.cwd),
    dataset: await placeFor(dataset, folder, context.cwd),
    columns: await columnsFor(path.resolve(context.cwd, dataset), values.prompt, values.completion),
    quantised: values['4bit'] === true,
    ...(modelType === null ? {} : { modelType }),
  });
  await mkdir(folder, { recursive: true });
  await writeNew(file, text);
  told(file, context);
  return EXIT.done;
};

async function copySample(name: string, folder: string, context: Context): Promise<number> {
  const source = path.join(context.installation.samples, name);
  const samples = await readdir(context.installation.samples);
  if (!samples.includes(name))
    throw badUsage(message('There is no sample {0}.', name), message('Samples: {0}', samples.join(', ')));
  const names = (await readdir(source)).filter((entry) => !MADE_BY_RUNS.has(entry) && !entry.endsWith('.md'));
  for (const entry of names) {
    const target = path.join(folder, entry);
    if (await isThere(target))
      throw new Stopped(message('{0} is there already; nothing was written.', target), {
        remedy: message('Choose another folder: tunebook init FOLDER'),
      });
  }
  await mkdir(folder, { recursive: true });
  for (const entry of names) await cp(path.join(source, entry), path.join(folder, entry), { recursive: true });
  told(path.join(folder, names.find((entry) => entry.endsWith('.tune.yaml')) ?? ''), context);
  return EXIT.done;
}

/** Of somebody who ran the sample where it is installed. What is told about the sample (*.md) stays there too. */
const MADE_BY_RUNS = new Set(['.tunebook', 'adapter', 'out']);

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Stopped(message('{0} is there already; nothing was written.', file), {
        remedy: message('Give another name with --name.'),
      });
    throw error;
  }
}

function told(file: string, { terminal, cwd }: Context): void {
  const shown = path.relative(cwd, file);
  terminal.say(message('Wrote {0}', shown));
  terminal.say(message('Next: tunebook train {0}', shown));
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
