import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { bytesOf, closeAll, pause, until, workspaceFile } from '../support';

const BROKEN: readonly [string, string][] = [
  ['a list where sections are wanted', '- model\n- lora\n'],
  ['a quote that never ends', 'model:\n  model_name_or_path: "./base\nlora:\n  r: 8\n'],
  ['a section named twice', 'model:\n  model_name_or_path: a\nmodel:\n  model_name_or_path: b\n'],
  ['bad indentation', 'model:\n    model_name_or_path: a\n  dtype: auto\n'],
];

async function writeBroken(text: string): Promise<vscode.Uri> {
  const uri = workspaceFile(`broken-${Date.now()}.tune.yaml`);
  await writeFile(uri.fsPath, text);
  return uri;
}

suite('a recipe that is none', () => {
  teardown(closeAll);

  for (const [name, text] of BROKEN) {
    test(`is never made a notebook: ${name}`, async () => {
      const uri = await writeBroken(text);
      await assert.rejects(async () => vscode.workspace.openNotebookDocument(uri));
      assert.equal((await bytesOf(uri)).toString(), text);
    });

    test(`opens as text with its problems: ${name}`, async () => {
      const uri = await writeBroken(text);
      await vscode.commands.executeCommand('vscode.open', uri);
      const editor = await until('a text editor', () =>
        vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString()),
      );
      assert.equal(editor.document.getText(), text);
      const [problem] = await until('a problem', () => {
        const found = vscode.languages.getDiagnostics(uri);
        return found.length > 0 && found;
      });
      assert.ok(problem);
      assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
      assert.ok(problem.range.end.line < editor.document.lineCount);
    });

    test(`keeps its bytes when everything is saved: ${name}`, async () => {
      const uri = await writeBroken(text);
      await vscode.commands.executeCommand('vscode.open', uri);
      await until('an editor', () => vscode.window.tabGroups.activeTabGroup.activeTab);
      await vscode.commands.executeCommand('workbench.action.files.save');
      await vscode.workspace.saveAll(true);
      await pause(300);
      assert.equal((await bytesOf(uri)).toString(), text);
    });
  }
});
