import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  cellOf,
  extension,
  hoverText,
  openNotebook,
  positionOf,
  RECIPE,
  replaced,
  revertAndCloseAll,
  until,
  workspaceFile,
  writeRecipe,
} from '../support';

const CHINESE = /\p{Script=Han}/u;

suite('with a Chinese display language', () => {
  teardown(revertAndCloseAll);

  test('the editor says zh-cn', () => {
    assert.equal(vscode.env.language, 'zh-cn');
  });

  test('commands and settings are in Chinese', () => {
    // Where a translation was taken, VS Code keeps both: { value, original }.
    const { commands, configuration } = extension().packageJSON.contributes;
    for (const { command, title } of commands) assert.match(title.value, CHINESE, command);
    for (const [key, { markdownDescription }] of Object.entries<{ markdownDescription: string }>(
      configuration.properties,
    ))
      assert.match(markdownDescription, CHINESE, key);
  });

  test('problems are in Chinese', async () => {
    const uri = await writeRecipe('typo.tune.yaml', (text) =>
      replaced(text, 'lora_dropout: 0.05', 'lora_droput: 0.05'),
    );
    const { document } = cellOf(await openNotebook(uri), 'lora');
    const [problem] = await until('a problem', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 && found;
    });
    assert.ok(problem);
    assert.match(problem.message, CHINESE);
  });

  test('hovers are in Chinese', async () => {
    const { document } = cellOf(await openNotebook(workspaceFile(RECIPE)), 'lora');
    assert.match(await hoverText(document, positionOf(document, 'lora_alpha', 3)), CHINESE);
  });
});
