import * as path from 'node:path';
import { message } from '../../common/message';
import { stepOutput } from '../../core/run/stepOutput';
import type { Command } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { type Override, readOverride } from '../recipe/overrides';
import { readRecipe } from '../recipe/readRecipe';
import { printComparison } from '../show/comparison';
import { reportFailure } from '../session/report';
import { badUsage } from '../stopped';
import { RUN_OPTIONS, runRecipe } from './train';

/**
 * tunebook generate RECIPE: asks base and tuned without training. The trainer takes the adapter from save.output_dir when
 * its process has trained none (trainer/src/tunebook_trainer/steps/generate.py).
 */
export const generate: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    { ...RUN_OPTIONS, adapter: { type: 'string' }, prompt: { type: 'string', multiple: true, short: 'p' } },
    { positionals: 1 },
  );
  const [name] = positionals;
  if (name === undefined) throw badUsage(message('Name a recipe: tunebook generate recipe.tune.yaml'));
  const overrides: Override[] = (values.set ?? []).map(readOverride);
  if (values.adapter !== undefined)
    overrides.push({ path: ['save', 'output_dir'], value: path.resolve(context.cwd, values.adapter) });
  if (values.prompt !== undefined)
    overrides.push(
      { path: ['generate', 'prompts'], value: values.prompt },
      { path: ['generate', 'references'], value: null },
    );
  const recipe = await readRecipe(name, context.cwd, overrides);
  const result = await runRecipe(recipe, ['model', 'data', 'tokenizer', 'generate'], values, context);
  const { outcome, state, exitCode } = result;
  if (values.json !== true)
    printComparison(stepOutput(state, 'generate', context.terminal.words).rows, context.terminal);
  if (outcome?.kind === 'failed' && exitCode === EXIT.failed)
    await reportFailure(
      outcome.failure,
      state,
      values.json === true ? { ...context, terminal: context.terminal.aside } : context,
    );
  return exitCode;
};
