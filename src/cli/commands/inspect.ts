import { message } from '../../common/message';
import { hasErrors } from '../../core/recipe/problem';
import { resolveRecipe } from '../../core/recipe/resolve';
import { readGpus } from '../../engine/model/nvidiaSmi';
import { readModel } from '../../engine/model/readModel';
import type { ModelTrouble } from '../../protocol/model';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { openSubject } from '../inspect/subject';
import { readOptions } from '../options';
import { readOverride } from '../recipe/overrides';
import { printProblems } from '../recipe/printProblems';
import { badUsage, Stopped } from '../stopped';

/** tunebook inspect RECIPE, FOLDER or NAME: layers, adapter and memory of a model, by its headers alone. */
export const inspect: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    {
      set: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      offline: { type: 'boolean' },
      '4bit': { type: 'boolean' },
    },
    { positionals: 1 },
  );
  const [name] = positionals;
  if (name === undefined) throw badUsage(message('Name a recipe or a model: tunebook inspect recipe.tune.yaml'));
  const { cwd, env, terminal, stdout } = context;
  const overrides = (values.set ?? []).map(readOverride);
  const opened = await openSubject(name, { cwd, overrides, quantised: values['4bit'] === true });
  if ('problems' in opened) {
    printProblems(opened.problems, terminal);
    return EXIT.failed;
  }
  const { subject } = opened;
  if (subject.isRecipe && values['4bit'] === true)
    throw badUsage(message('A recipe says itself how its weights are loaded: --4bit is for a model.'));
  return interruptible(context, async (signal) => {
    const recipe = resolveRecipe(subject.recipeFor(null), subject.file);
    const [read, gpus] = await Promise.all([
      readModel({ recipe, online: values.offline !== true }, { signal, env }),
      readGpus({ signal, env }),
    ]);
    if (read.kind === 'trouble') return tellTrouble(read.trouble, values.json === true, context);
    const { structure, source } = read;
    // the estimate is much code: other commands start without it
    const [{ lookAt }, { modelJson }, { showModel }] = await Promise.all([
      import('../inspect/look'),
      import('../inspect/json'),
      import('../inspect/show'),
    ]);
    const look = lookAt({ structure, recipe: subject.recipeFor(structure.modelType), file: name, gpus });
    if (values.json) stdout.write(`${JSON.stringify(modelJson(look, source, terminal))}\n`);
    else showModel(look, { source, isRecipe: subject.isRecipe }, terminal);
    return hasErrors(look.problems) ? EXIT.failed : EXIT.done;
  });
};

async function interruptible(
  { onInterrupt }: Context,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const asked = new AbortController();
  const listening = onInterrupt(() => asked.abort());
  try {
    return await work(asked.signal);
  } catch (error) {
    if (asked.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    listening.dispose();
  }
}

function tellTrouble(trouble: ModelTrouble, json: boolean, { terminal, stdout }: Context): number {
  if (!json) throw new Stopped(trouble.message, { remedy: trouble.remedy });
  const words = { message: terminal.text(trouble.message), remedy: terminal.text(trouble.remedy) };
  stdout.write(`${JSON.stringify({ trouble: { ...trouble, ...words } })}\n`);
  return EXIT.failed;
}
