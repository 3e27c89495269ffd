// Somebody who has just installed the extension: an empty folder, the sample, Run All, a look at everything.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Notebook } from '../host/notebook.mjs';
import { readEvents, runDirectories, sha256, waitForEvent } from './runs.mjs';
import { trainFromTerminal } from './terminal.mjs';
import { isYodas } from './style.mjs';

export const name = 'newcomer';
export const sample = null;

const STEPS = ['model', 'lora', 'data', 'tokenizer', 'train', 'generate', 'save'];
const WHOLE_LOOP_MS = 360_000;
const ADAPTER = 'adapter_model.safetensors';

export async function run({ checks, workbench, workspace }) {
  const notebook = new Notebook(workbench);
  const recipe = await checks.step('Fine-tune: Start writes the sample and opens it as a notebook', async () => {
    await workbench.command('Fine-tune: Start');
    await workbench.offers('Sample: talk like Yoda');
    await bothThemes(workbench, 'newcomer-1-start');
    await workbench.pick('Sample: talk like Yoda');
    await notebook.opened();
    await workbench.tab('.tune.yaml').waitFor();
    const file = await findRecipe(workspace);
    assert.ok(existsSync(join(file, '..', 'base', 'model.safetensors')), 'the base model lies beside the recipe');
    return file;
  });
  const folder = join(recipe, '..');
  await checks.verify('the recipe is the sample as shipped', async () => {
    assert.match(await readFile(recipe, 'utf8'), /^# # Teach a model to talk like Yoda/);
  });
  await bothThemes(workbench, 'newcomer-2-notebook');

  await checks.step('Run All trains', async () => {
    await notebook.runAll();
    await notebook.step('train', ['running'], 120_000);
    await notebook.waitForOutput('section.step[data-step="train"] canvas', { timeoutMs: 120_000 });
  });
  await checks.verify('the status bar tells of the running job', async () => {
    await workbench.statusBarItem('yoda').waitFor();
  });
  await workbench.screenshot('newcomer-3-training');
  await checks.step('Run All ends with a saved adapter', async () => {
    await waitForEvent(workspace, ({ type, step }) => type === 'stepFinished' && step === 'save', WHOLE_LOOP_MS);
  });
  await checks.verify('the status bar item is gone', async () => {
    await workbench.statusBarItem('yoda').waitFor({ state: 'hidden' });
  });

  for (const step of STEPS) {
    await checks.verify(`${step} shows its result`, async () => {
      await notebook.find(step, ['done']);
      await bothThemes(workbench, `newcomer-4-${step}`);
    });
  }
  await checks.verify('the loss curve is drawn', async () => {
    await notebook.find('train', ['done']);
    const canvas = await notebook.waitForOutput('section.step[data-step="train"] canvas', { timeoutMs: 10_000 });
    const share = await notebook.drawnShare(canvas);
    assert.ok(share > 0.005, `${share} of the canvas is drawn on`);
  });
  await verifyAnswers(checks, notebook, workspace);
  await verifyFiles(checks, folder);
  await checks.step('the same recipe from the terminal gives the same adapter', async () => {
    const terminal = await trainFromTerminal(recipe);
    assert.equal(await sha256(join(terminal, 'adapter', ADAPTER)), await sha256(join(folder, 'adapter', ADAPTER)));
  });
}

async function findRecipe(workspace) {
  const places = [join(workspace, 'yoda.tune.yaml'), join(workspace, 'yoda', 'yoda.tune.yaml')];
  const found = places.find((place) => existsSync(place));
  assert.ok(found, `one of ${places.join(', ')}`);
  return found;
}

async function bothThemes(workbench, picture) {
  for (const theme of ['light', 'dark']) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`${picture}-${theme}`);
  }
}

async function verifyAnswers(checks, notebook, workspace) {
  const [directory] = (await runDirectories(workspace)).slice(-1);
  const generations = (await readEvents(directory)).filter(({ type }) => type === 'generation');
  const greedy = (model) => generations.filter((one) => one.model === model && one.mode === 'greedy');
  await checks.verify('each prompt is answered by both models in both modes', async () => {
    const prompts = new Set(generations.map(({ prompt }) => prompt));
    assert.ok(prompts.size >= 4);
    assert.equal(generations.length, prompts.size * 4);
  });
  await checks.verify('the answers on the screen are those of the run', async () => {
    const section = await notebook.find('generate', ['done']);
    const cards = await section.locator('.pair').allTextContents();
    for (const { text } of generations)
      assert.ok(
        cards.some((card) => card.includes(text)),
        text,
      );
  });
  await checks.verify('the base model is plain, the tuned one is mostly Yoda', async () => {
    const tuned = greedy('tuned');
    const yodas = tuned.filter(({ prompt, text }) => isYodas(prompt, text));
    assert.ok(yodas.length > tuned.length / 2, JSON.stringify(tuned.map(({ text }) => text)));
    assert.ok(greedy('base').every(({ prompt, text }) => !isYodas(prompt, text)));
    assert.ok(tuned.every(({ text }, index) => text !== greedy('base')[index].text));
  });
  await checks.verify('every answer ends by itself', async () => {
    const reasons = generations.map(({ stopReason }) => stopReason);
    assert.ok(
      reasons.every((reason) => reason === 'eos' || reason === 'endOfTurn'),
      reasons.join(', '),
    );
  });
}

async function verifyFiles(checks, folder) {
  await checks.verify('the adapter is on disk, complete', async () => {
    for (const file of [ADAPTER, 'adapter_config.json', 'tokenizer.json', 'tokenizer_config.json', 'README.md'])
      assert.ok((await stat(join(folder, 'adapter', file))).size > 0, file);
    const config = JSON.parse(await readFile(join(folder, 'adapter', 'adapter_config.json'), 'utf8'));
    assert.equal(config.r, 8);
    assert.equal(config.peft_type, 'LORA');
  });
}
