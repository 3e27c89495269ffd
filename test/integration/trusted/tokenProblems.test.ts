// What the tokens of the rows show is marked in the recipe, before any Python runs.
import assert from 'node:assert/strict';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { replaced, revertAndCloseAll, until, workspaceFile, writeRecipe } from '../support';

/** Beside other tests' processes on two cores. */
const PATIENCE_MS = 60_000;
const CUT = /rows are longer than 24 tokens and lose their end/;

function tokenProblem(document: vscode.TextDocument): vscode.Diagnostic | undefined {
  return vscode.languages.getDiagnostics(document.uri).find(({ code }) => code === 'tokens');
}

async function cutting(name: string, dataset: string): Promise<vscode.TextDocument> {
  const uri = await writeRecipe(name, (text) => {
    const short = replaced(replaced(text, 'max_length: 64', 'max_length: 24'), 'packing: true', 'packing: false');
    return replaced(short, './yoda.jsonl', `./${dataset}`);
  });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

suite('what tokens show, in the recipe', () => {
  teardown(revertAndCloseAll);

  test('rows that are cut are a problem of max_length, with the row that shows it and a fix', async () => {
    await copyFile(workspaceFile('yoda.jsonl').fsPath, workspaceFile('cut.jsonl').fsPath);
    const document = await cutting('cut.tune.yaml', 'cut.jsonl');
    const problem = await until('a problem of the tokens', () => tokenProblem(document), PATIENCE_MS);
    assert.match(problem.message, CUT);
    assert.equal(document.getText(problem.range), '24');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning);
    const [row] = problem.relatedInformation ?? [];
    assert.equal(row?.location.uri.fsPath, workspaceFile('cut.jsonl').fsPath);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title.includes('max_length'));
    assert.ok(fix?.edit, `a fix in: ${actions.map(({ title }) => title).join(', ')}`);
    assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
    await until('no problem left', () => tokenProblem(document) === undefined, PATIENCE_MS);
  });

  test('a dataset that is saved anew is looked at anew', async () => {
    const file = workspaceFile('saved-anew.jsonl');
    await copyFile(workspaceFile('yoda.jsonl').fsPath, file.fsPath);
    const document = await cutting('saved-anew.tune.yaml', 'saved-anew.jsonl');
    await until('a problem of the tokens', () => tokenProblem(document), PATIENCE_MS);
    const rows = await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    const short = JSON.stringify({ sentence: 'No.', translation_extra: 'No.' });
    edit.replace(file, new vscode.Range(0, 0, rows.lineCount, 0), `${short}\n`);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.equal(await rows.save(), true);
    await until('no problem left', () => tokenProblem(document) === undefined, PATIENCE_MS);
  });

  test('what only can’t be seen from here is no problem of the recipe', async () => {
    const sample = await readFile(workspaceFile('yoda.tune.yaml').fsPath, 'utf8');
    const uri = workspaceFile('hub.tune.yaml');
    await writeFile(uri.fsPath, replaced(sample, 'model_name_or_path: ./base', 'model_name_or_path: someone/model'));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('tunebook.checkRecipe', uri);
    assert.equal(tokenProblem(document), undefined);
  });
});
