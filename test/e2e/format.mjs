// Somebody with a table of questions: right-click, a look at the conversations, a system prompt, convert, train on it.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Notebook } from '../host/notebook.mjs';
import { Panel } from '../host/panel.mjs';

export const name = 'format';
export const sample = 'yoda';

const FILE = 'capitals.csv';
const RESULT = 'capitals.chat.jsonl';
const ROWS = `question,answer
What is the capital of France?,"Paris, of course."
What is the capital of Atlantis?,
What is the capital of Japan?,"Tokyo, of course."
What is the capital of Peru?,"Lima, of course.
It lies on the coast."
`;
const SYSTEM = 'You know every capital.';

export async function prepare(workspace) {
  await writeFile(join(workspace, FILE), ROWS);
}

export async function run({ checks, workbench, workspace }) {
  const panel = new Panel(workbench);
  await checks.step('the explorer offers it for a table', async () => {
    await workbench.entry(FILE).waitFor();
    await workbench.contextMenu(FILE, 'Format as Chat');
    await workbench.tab(`Format ${FILE}`).waitFor();
    await panel.find('.preview .row');
    await workbench.setTheme('light');
    await workbench.screenshot('format-1-light');
  });
  await checks.verify('the form is recognised, and the row without an answer is told', async () => {
    await panel.find('.badge', { hasText: 'Recognised' });
    await panel.find('.row.skipped', { hasText: 'Atlantis' });
    await panel.find('[role="status"]', { hasText: '1 of the first 4 rows can’t be converted.' });
  });
  await checks.step('a system prompt shows in every conversation', async () => {
    await (await panel.find('textarea#system')).fill(SYSTEM);
    await panel.find('.message.system', { hasText: SYSTEM });
    await workbench.setTheme('dark');
    await workbench.screenshot('format-2-dark');
  });
  await checks.step('a hidden tab comes back as it was', async () => {
    await workbench.openFile(FILE);
    await workbench.tab(FILE).waitFor();
    // the palette's takes the file in front
    await workbench.command('Fine-tune: Format as Chat');
    assert.equal(await (await panel.find('textarea#system')).inputValue(), SYSTEM);
  });
  await checks.step('a reloaded window brings the tab back, and what was typed in it', async () => {
    // In a browser the workbench writes its tabs' state down every 5 s (platform/storage/browser/storageService.ts), not at the end.
    await workbench.page.waitForTimeout(12_000);
    await workbench.reload();
    await workbench.tab(`Format ${FILE}`).click();
    await panel.find('.message.system', { hasText: SYSTEM });
    assert.equal(await (await panel.find('textarea#system')).inputValue(), SYSTEM);
  });
  await checks.step('Convert writes the conversations beside the table', async () => {
    await panel.press('Convert');
    await panel.find('.report', { hasText: RESULT });
    await workbench.screenshot('format-3-report');
    const rows = (await readFile(join(workspace, RESULT), 'utf8')).trimEnd().split('\n').map(JSON.parse);
    assert.equal(rows.length, 3);
    assert.deepEqual(rows[2], {
      messages: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: 'What is the capital of Peru?' },
        { role: 'assistant', content: 'Lima, of course.\nIt lies on the coast.' },
      ],
    });
  });
  await checks.verify('the table is as it was, and the row that was left out is in a list', async () => {
    assert.equal(await readFile(join(workspace, FILE), 'utf8'), ROWS);
    await panel.find('.skipped-rows', { hasText: 'answer' });
    assert.ok((await readdir(workspace)).every((file) => !file.endsWith('.part') && !file.endsWith('.tmp')));
  });
  await checks.step('Use in recipe changes the notebook', async () => {
    await panel.press('Use in recipe');
    await workbench.pick('yoda.tune.yaml');
    await new Notebook(workbench).opened();
    await panel.find('.notice', { hasText: 'yoda.tune.yaml trains on this file now.' });
    await workbench.page.locator('.notebook-editor .view-line:visible', { hasText: RESULT }).first().waitFor();
    await workbench.screenshot('format-4-recipe');
  });
  await checks.step('Open result shows it', async () => {
    await panel.press('Open result');
    await workbench.tab(RESULT).waitFor();
    await workbench.screenshot('format-5-result');
  });
  await checks.verify('settings and recipes are not offered', async () => {
    await workbench.entry('yoda.tune.yaml').click({ button: 'right' });
    await workbench.page.locator('.context-view .action-item').first().waitFor();
    const items = await workbench.page.locator('.context-view .action-item').allTextContents();
    await workbench.page.keyboard.press('Escape');
    assert.ok(!items.some((item) => item.includes('Format as Chat')), items.join());
  });
}
