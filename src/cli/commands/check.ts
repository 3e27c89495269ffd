import { message } from '../../common/message';
import { hasErrors } from '../../core/recipe/problem';
import type { Command } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { readOverride } from '../recipe/overrides';
import { printProblems } from '../recipe/printProblems';
import { readRecipe } from '../recipe/readRecipe';
import { badUsage } from '../stopped';
import { checkDataset, isDataset } from './checkDataset';

/** tunebook check RECIPE or DATASET…: problems as file:line:column, exit code 1 if one forbids a run. */
export const check: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    { set: { type: 'string', multiple: true }, json: { type: 'boolean' } },
    { positionals: Number.MAX_SAFE_INTEGER },
  );
  if (positionals.length === 0) throw badUsage(message('Name a recipe: tunebook check recipe.tune.yaml'));
  const overrides = (values.set ?? []).map(readOverride);
  const { terminal, stdout } = context;
  let failed = false;
  for (const name of positionals) {
    if (isDataset(name)) {
      const recipes = positionals.filter((other) => !isDataset(other));
      failed = (await checkDataset(name, recipes, { json: values.json === true }, context)) || failed;
      continue;
    }
    const { problems } = await readRecipe(name, context.cwd, overrides, { tokenRows: null });
    failed ||= hasErrors(problems);
    if (values.json) {
      for (const { fixes: _, ...problem } of problems) {
        const words = { message: terminal.text(problem.message), remedy: terminal.text(problem.remedy) };
        stdout.write(`${JSON.stringify({ ...problem, ...words })}\n`);
      }
    } else {
      printProblems(problems, terminal);
      if (problems.length === 0) terminal.say(message('{0}: no problems', name));
    }
  }
  return failed ? EXIT.failed : EXIT.done;
};
