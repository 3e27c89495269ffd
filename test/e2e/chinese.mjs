// The loop with a Chinese display language, in short.
import assert from 'node:assert/strict';
import { Notebook } from '../host/notebook.mjs';
import { changeRecipe, RECIPE, SHORT } from './recipes.mjs';
import { waitForEvent } from './runs.mjs';

export const name = 'chinese';
export const sample = 'yoda';
export const language = 'zh-cn';

const CHINESE = /\p{Script=Han}/u;
const STEPS = ['model', 'lora', 'data', 'tokenizer', 'train', 'generate', 'save'];

export async function prepare(workspace) {
  await changeRecipe(workspace, SHORT);
}

export async function run({ checks, workbench, workspace }) {
  const notebook = new Notebook(workbench);
  await checks.step('the loop runs', async () => {
    await workbench.openFile(RECIPE);
    await notebook.opened();
    await notebook.runAll();
    await waitForEvent(workspace, ({ type, step }) => type === 'stepFinished' && step === 'save', 240_000);
  });
  for (const step of STEPS) {
    await checks.verify(`${step} is in Chinese`, async () => {
      const section = await notebook.find(step, ['done']);
      await workbench.screenshot(`chinese-${step}`);
      assert.match(await section.locator('.head').first().textContent(), CHINESE);
    });
  }
  await checks.verify('commands are in Chinese', async () => {
    const labels = await workbench.commandsFor('微调: 开始');
    assert.ok(
      labels.some((label) => label.includes('开始')),
      labels.join(', '),
    );
  });
}
