// A recipe that cannot be parsed: it opens as text, says what is wrong, and stays as it is on disk.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const name = 'broken recipe';
export const sample = null;

const FILE = 'broken.tune.yaml';
const TEXT = 'model:\n  model_name_or_path: "./base\nlora:\n  r: 8\n';

export async function prepare(workspace) {
  await writeFile(join(workspace, FILE), TEXT);
}

export async function run({ checks, workbench, workspace }) {
  const file = join(workspace, FILE);
  await checks.step('it opens as text', async () => {
    await workbench.openFile(FILE);
    await workbench.page
      .locator('.editor-instance .monaco-editor .view-lines', { hasText: 'model_name_or_path' })
      .waitFor();
    assert.equal(await workbench.page.locator('.notebook-editor').isVisible(), false);
  });
  await checks.verify('its problem is in the list of problems', async () => {
    await workbench.command('Problems: Focus on Problems View');
    await workbench.page
      .locator('.markers-panel .monaco-list-row', { hasText: /\[Ln \d+/ })
      .first()
      .waitFor();
  });
  await workbench.screenshot('broken-1-text');
  await checks.verify('saving leaves its bytes alone', async () => {
    await workbench.command('File: Save All Files');
    await workbench.page.waitForTimeout(500);
    assert.equal(await readFile(file, 'utf8'), TEXT);
  });
}
