// Somebody with a file of their own: Start finds it, knows its columns, asks for the model, writes a recipe without problems.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Notebook } from '../host/notebook.mjs';

export const name = 'own data';
export const sample = null;

const FILE = 'capitals.csv';
const ROWS = `question,answer
What is the capital of France?,"Paris, of course."
What is the capital of Japan?,"Tokyo, of course."
What is the capital of Peru?,"Lima, of course."
`;

export async function prepare(workspace) {
  await writeFile(join(workspace, FILE), ROWS);
}

export async function run({ checks, workbench, workspace }) {
  const notebook = new Notebook(workbench);
  await checks.step('Start offers the file and then models', async () => {
    await workbench.entry(FILE).waitFor();
    await workbench.command('Fine-tune: Start');
    await workbench.offers(FILE);
    await workbench.screenshot('own-data-1-dataset');
    await workbench.pick(FILE);
    await workbench.offers('tiny model of the sample');
    await workbench.screenshot('own-data-2-model');
    await workbench.pick('tiny model of the sample');
    await workbench.pick('In 4 bits');
    await notebook.opened();
    await workbench.tab('capitals.tune.yaml').waitFor();
    await workbench.screenshot('own-data-3-notebook');
  });
  await checks.verify('the recipe names file, columns and model', async () => {
    const recipe = await readFile(join(workspace, 'capitals.tune.yaml'), 'utf8');
    for (const line of ['path: ./capitals.csv', 'prompt: question', 'completion: answer', 'model_name_or_path: ./base'])
      assert.ok(recipe.includes(line), `${line} in\n${recipe}`);
  });
  await checks.verify('Check Recipe finds nothing', async () => {
    await workbench.command('Fine-tune: Check Recipe');
    await workbench.notification('The recipe has no problems.').waitFor();
  });
}
