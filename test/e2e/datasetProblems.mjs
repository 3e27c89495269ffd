// A dataset with mistakes: marked where they stand, mended by a click, far ones and files too large for the editor too.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const name = 'dataset problems';
export const sample = 'yoda';

const FILE = 'chats.jsonl';
const LARGE = 'large.jsonl';
/** With the recipe that trains on it every row becomes tokens, which takes half a minute. */
const SLOW = 'slow.jsonl';
/** VS Code gives documents beyond 50 MB to no extension. */
const LARGE_ROWS = 600_000;

const message = (role, content) => `{"role": "${role}", "content": "${content}"}`;
const chat = (...messages) => `{"messages": [${messages.join(', ')}]}`;
const fine = (words) => chat(message('user', words), message('assistant', 'Hear you, I do.'));

const ROWS = [
  fine('Do you hear me?'),
  chat(message('user', 'Who are you?'), message('asistant', 'Yoda, I am.')),
  chat(message('user', 'Wait.'), message('user', 'What is the Force?'), message('assistant', 'Energy, it is.')),
  chat(message('user', 'Is it far?'), message('assistant', '')),
  `${fine('One more comma')},`,
  "{'messages': [{'role': 'user', 'content': 'Printed by Python?'}, {'role': 'assistant', 'content': 'Yes.'}]}",
  chat(
    message('user', 'What is 1 + 2?'),
    '{"role": "assistant", "content": null, "tool_calls": [{"type": "function", "function": {"name": "add", "arguments": "1, 2"}}]}',
    message('tool', '3'),
    message('assistant', 'Three, it is.'),
  ),
  fine('Do you hear me?'),
];

export async function prepare(workspace) {
  const far = Array.from({ length: 3000 }, (_, index) => fine(`Row ${index}`));
  far[2900] = chat(message('user', 'Nobody answers.'));
  await writeFile(join(workspace, FILE), `${[...ROWS, ...far].join('\n')}\n`);
  const slow = Array.from(
    { length: 100_000 },
    (_, index) => `{"sentence": "This is row ${index}.", "translation_extra": "Row ${index}, this is. Hmm."}`,
  );
  await writeFile(join(workspace, SLOW), `${slow.join('\n')}\n`);
  const recipe = await readFile(join(workspace, 'yoda.tune.yaml'), 'utf8');
  await writeFile(
    join(workspace, 'slow.tune.yaml'),
    recipe.replace('path: ./yoda.jsonl', `path: ./${SLOW}`).replace('packing: true', 'packing: false'),
  );
  const stream = createWriteStream(join(workspace, LARGE));
  for (let index = 0; index < LARGE_ROWS; index++) {
    const row = index === LARGE_ROWS - 10 ? `${fine(index)},` : fine(`This is row ${index}.`);
    if (!stream.write(`${row}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

export async function run({ checks, workbench, workspace }) {
  const { page } = workbench;
  const file = join(workspace, FILE);
  const problem = (text) => page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();

  await checks.step('problems are marked in the text', async () => {
    await workbench.openFile(FILE);
    await page.locator('.editor-instance .squiggly-error').first().waitFor();
    await page.locator('.editor-instance .squiggly-warning').first().waitFor();
  });
  await checks.verify('they are listed with their places, far ones too', async () => {
    await workbench.command('Problems: Focus on Problems View');
    for (const text of ['“asistant” is not a role', 'speaks twice in a row', 'The assistant’s answer is empty'])
      await problem(text).waitFor();
    await problem('[Ln 2, Col 69]').waitFor();
    await problem('The same conversation stands in line 1').waitFor();
    await problem('[Ln 2909').waitFor();
  });
  for (const kind of ['light', 'dark']) {
    await workbench.setTheme(kind);
    await workbench.screenshot(`datasetProblems-1-${kind}`);
  }
  await checks.verify('a quick fix mends the row', async () => {
    await problem('“asistant” is not a role').dblclick();
    await workbench.statusBarItem('Ln 2, Col 79').waitFor();
    await page.locator('.editor-instance [class*="lightbulb"]').first().click();
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Change the role to “assistant”' }).first();
    await fix.waitFor();
    await workbench.screenshot('datasetProblems-2-fix');
    await fix.click();
    await problem('“asistant” is not a role').waitFor({ state: 'detached' });
    await workbench.command('File: Save');
    await page.waitForTimeout(500);
    const saved = (await readFile(file, 'utf8')).split('\n');
    assert.equal(saved[1], ROWS[1].replace('asistant', 'assistant'));
    assert.equal(saved.length, ROWS.length + 3000 + 1);
  });
  await checks.verify('a file that is too large for the editor is checked by its path', async () => {
    await workbench.contextMenu(LARGE, 'Check Dataset');
    await page
      .locator('.notification-list-item', { hasText: /[\d,]{5,} rows/ })
      .first()
      .waitFor();
    await workbench.screenshot('datasetProblems-3-large');
    await problem('JSONL has no commas between rows').waitFor({ timeout: 120_000 });
    await problem(`[Ln ${LARGE_ROWS - 9}`).waitFor();
  });
  await workbench.screenshot('datasetProblems-4-largeDone');
  await checks.verify('a long check says how far it is, and a click ends it', async () => {
    await workbench.dismissNotifications();
    await workbench.openFile(SLOW);
    const item = workbench.statusBarItem('Checking rows');
    await item.waitFor();
    await workbench.screenshot('datasetProblems-5-status');
    await item.click();
    await item.waitFor({ state: 'hidden', timeout: 5000 });
  });
}
