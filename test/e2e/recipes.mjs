// Changes to the sample's recipe that a scenario needs.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const RECIPE = 'yoda.tune.yaml';

/** Replaces each `from` that must be there. */
export async function changeRecipe(workspace, replacements) {
  const file = join(workspace, RECIPE);
  let text = await readFile(file, 'utf8');
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`${RECIPE} has no ${JSON.stringify(from)}`);
    text = text.replace(from, to);
  }
  await writeFile(file, text);
  return file;
}

/** So many steps that no machine is through before it is interrupted; each is logged. */
export const ENDLESS = [
  ['num_train_epochs: 3', 'max_steps: 4000'],
  ['logging_steps: 5', 'logging_steps: 1'],
];

/** A few seconds of training. */
export const SHORT = [
  ['num_train_epochs: 3', 'max_steps: 12'],
  ['logging_steps: 5', 'logging_steps: 2'],
  ['modes: [greedy, sampled]', 'modes: [greedy]'],
];
