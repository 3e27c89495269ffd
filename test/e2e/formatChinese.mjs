// Format as Chat with a Chinese display language, in short.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Panel } from '../host/panel.mjs';

export const name = 'format in chinese';
export const sample = null;
export const language = 'zh-cn';

const FILE = '对话.jsonl';
const CHINESE = /\p{Script=Han}/u;

const row = (conversations) => JSON.stringify({ conversations });

export async function prepare(workspace) {
  const rows = [
    row([
      { from: 'human', value: '秘鲁的首都是哪里？' },
      { from: 'gpt', value: '利马。' },
    ]),
    row([
      { from: 'human', value: '你好' },
      { from: '旁白', value: '（停顿）' },
    ]),
  ];
  await writeFile(join(workspace, FILE), `${rows.join('\n')}\n`);
}

export async function run({ checks, workbench }) {
  const panel = new Panel(workbench);
  await checks.step('the panel opens', async () => {
    await workbench.entry(FILE).waitFor();
    await workbench.contextMenu(FILE, '转换为对话格式');
    await panel.find('.preview .row');
    await workbench.screenshot('format-chinese-1');
  });
  await checks.verify('its words are Chinese', async () => {
    const frame = await panel.frameWith('.preview .row');
    const texts = await frame.locator('h2, label, .label, dt, .badge, .role, .notice').allTextContents();
    assert.ok(texts.length > 8);
    assert.deepEqual(
      texts.filter((text) => !CHINESE.test(text)),
      [],
    );
  });
  await checks.step('the report too', async () => {
    await panel.press('转换');
    const report = await panel.find('.report');
    assert.match(await report.locator('h2').textContent(), CHINESE);
    await workbench.screenshot('format-chinese-2');
  });
}
