// Somebody looks through what has run: the tree of runs, by mouse and keyboard, in light and dark.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECIPE } from './recipes.mjs';

export const name = 'runs view';
export const sample = 'yoda';

const HOUR = 3600;
let trainer = null;

/** Run directories as trainers leave them; one of a process that lives. */
export async function prepare(workspace) {
  const now = Date.now() / 1000;
  const runs = join(workspace, '.tunebook', 'runs');
  const write = async (id, { startedAt = now - HOUR, given = null, checkpoint = null, events }) => {
    const directory = join(runs, id);
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'recipe.tune.yaml'), await readFile(join(workspace, RECIPE)));
    await writeFile(join(directory, 'config.json'), JSON.stringify({ recipeFile: join(workspace, RECIPE) }));
    await utimes(join(directory, 'config.json'), 1, 1);
    if (given !== null) await writeFile(join(directory, 'name.txt'), `${given}\n`);
    if (checkpoint !== null) await mkdir(join(directory, 'checkpoints', checkpoint), { recursive: true });
    const lines = events(directory).map((event, seq) => JSON.stringify({ ...event, t: startedAt + seq * 20, seq }));
    await writeFile(join(directory, 'events.jsonl'), `${lines.join('\n')}\n`);
    return directory;
  };
  await write('20261120-090000-yoda', {
    startedAt: now - 9 * 24 * HOUR,
    given: 'first try',
    events: () => [hello(), ...trains(99, 0.412), ...ENDS],
  });
  await write('20261127-090000-yoda', {
    startedAt: now - 2 * 24 * HOUR,
    checkpoint: 'checkpoint-90',
    events: (directory) => [
      hello(),
      ...trains(99, 0.251),
      saves(90, join(directory, 'checkpoints', 'checkpoint-90')),
      ...ENDS,
    ],
  });
  await write('20261129-090000-yoda', { startedAt: now - 5 * HOUR, events: () => [hello(), ...trains(40, 0.98)] });
  await write('20261129-120000-yoda', {
    startedAt: now - 2 * HOUR,
    events: () => [hello(), ...trains(12, 2.31), FAILS, { type: 'runFinished' }, { type: 'bye', reason: 'shutdown' }],
  });
  const directory = join(runs, '20261129-140000-yoda');
  trainer = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600_000)', '--', '--run-dir', directory], {
    stdio: 'ignore',
  });
  await write('20261129-140000-yoda', {
    startedAt: now - 240,
    events: () => [hello(trainer.pid), ...trains(36, 1.234)],
  });
}

export async function run({ checks, workbench, workspace }) {
  const { page } = workbench;
  const rows = page.locator('.pane', { hasText: 'Runs' }).locator('.monaco-list-row');
  const row = (text) => page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: text }).first();
  const runDirectory = (id) => join(workspace, '.tunebook', 'runs', id);
  try {
    await checks.step('the tree lists what has run, the live one on top', async () => {
      await page.locator('.activitybar [aria-label^="Fine-tune"]').first().click();
      await row('36/99').waitFor();
      await row('failed at 12/99').waitFor();
      assert.match(await rows.filter({ hasText: 'loss' }).first().innerText(), /36\/99/);
    });
    await checks.verify('its rows are read as words', async () => {
      const label = await row('36/99').getAttribute('aria-label');
      assert.match(label ?? '', /^yoda · 4m ago, running, Step: 36 of 99, Loss: 1\.234/);
    });
    await checks.verify('the status bar shows it', async () => {
      await page.locator('.statusbar-item', { hasText: 'yoda 36/99' }).first().waitFor();
    });
    await checks.step('what failed says why below it', async () => {
      await row('failed at 12/99').locator('.monaco-tl-twistie').click();
      await row('The disk is full').waitFor();
      await row('99/99 · loss 0.251').locator('.monaco-tl-twistie').click();
      await row('checkpoint-90').waitFor();
    });
    for (const theme of ['light', 'dark']) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`runs-${theme}`);
    }
    await checks.verify('F2 names the row that has the focus, though another one is selected', async () => {
      await row('lost at 40/99').click({ button: 'right' });
      await page.keyboard.press('Escape');
      await row('first try')
        .focus()
        .catch(() => {});
      await row('lost at 40/99')
        .locator('.label-name')
        .click({ modifiers: ['ControlOrMeta'] });
      await page.keyboard.press('F2');
      await workbench.answer('power cut');
      await row('power cut').waitFor();
      assert.equal(await readFile(join(runDirectory('20261129-090000-yoda'), 'name.txt'), 'utf8'), 'power cut\n');
    });
    await checks.verify('Delete asks with what is lost, and moves it away', async () => {
      await row('power cut')
        .locator('.label-name')
        .click({ modifiers: ['ControlOrMeta'] });
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Delete');
      const dialog = page.locator('.monaco-dialog-box');
      await dialog.waitFor();
      await workbench.screenshot('runs-delete');
      assert.match(await dialog.innerText(), /Move “power cut” to the trash\?/);
      await dialog.locator('.monaco-button', { hasText: 'Move to Trash' }).click();
      // The server has no trash.
      await dialog.locator('.monaco-button', { hasText: 'Delete for Good' }).click();
      await row('power cut').waitFor({ state: 'detached' });
      assert.equal(existsSync(runDirectory('20261129-090000-yoda')), false);
    });
    await checks.verify('a run opens by Enter', async () => {
      await row('first try')
        .locator('.label-name')
        .click({ modifiers: ['ControlOrMeta'] });
      await page.keyboard.press('Enter');
      await page.locator('.tab', { hasText: 'first try' }).first().waitFor();
    });
  } finally {
    trainer?.kill('SIGKILL');
  }
  await checks.verify('a trainer that dies is shown as lost', async () => {
    await row('lost at 36/99').waitFor();
    await workbench.screenshot('runs-lost');
  });
}

const hello = (pid = 999_999_999) => ({ type: 'hello', protocol: 1, trainer: 'x', pid, python: '3', versions: {} });

function trains(trainStep, loss) {
  const training = { totalSteps: 99, epochs: 1, rows: 1, batchSize: 1, gradientAccumulationSteps: 1, worldSize: 1 };
  const point = { learningRate: 1, gradNorm: 1, evalLoss: null, tokensPerSecond: 1, memoryBytes: 1, etaSeconds: 120 };
  return [
    { type: 'runStarted', steps: ['train'], recipeText: null, recipe: null },
    { type: 'stepStarted', step: 'train' },
    { type: 'trainStarted', step: 'train', ...training, resumedFrom: null },
    { type: 'metrics', step: 'train', epoch: 1, ...point, trainStep, loss },
  ];
}

const saves = (trainStep, path) => ({ type: 'checkpointSaved', step: 'train', trainStep, path });

const FAILS = {
  type: 'stepFailed',
  step: 'train',
  failure: { kind: 'diskFull', message: 'No space left on device', recipePath: [], facts: {}, traceback: null },
};

const ENDS = [
  { type: 'stepFinished', step: 'train', durationMs: 1 },
  { type: 'runFinished' },
  { type: 'bye', reason: 'shutdown' },
];
