import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { pause, replaceIn, revertAndCloseAll, until, workspaceFile, writeRecipe } from '../support';

const row = (words: string): string =>
  `{"messages": [{"role": "user", "content": "${words}"}, {"role": "assistant", "content": "ok"}]}`;

async function openDataset(name: string, lines: readonly string[]): Promise<vscode.TextDocument> {
  const uri = workspaceFile(name);
  await writeFile(uri.fsPath, `${lines.join('\n')}\n`);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

function problemsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'tunebook');
}

async function problemOf(uri: vscode.Uri, kind: string): Promise<vscode.Diagnostic> {
  return until(`a problem ${kind}`, () => problemsOf(uri).find(({ code }) => code === kind));
}

async function fixesAt(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

async function applyFix(document: vscode.TextDocument, range: vscode.Range, title: string | RegExp): Promise<void> {
  const fixes = await fixesAt(document.uri, range);
  const fix = fixes.find((candidate) =>
    typeof title === 'string' ? candidate.title === title : title.test(candidate.title),
  );
  assert.ok(fix?.edit, `${title} in: ${fixes.map((candidate) => candidate.title).join(', ')}`);
  assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
}

suite('problems of a dataset', () => {
  teardown(revertAndCloseAll);

  test('stand at their lines and columns, and a quick fix mends them', async () => {
    const document = await openDataset('problems.jsonl', [
      row('one'),
      row('two').replace('"assistant"', '"asistant"'),
      `${row('three')},`,
    ]);
    const role = await problemOf(document.uri, 'unknownRole');
    assert.deepEqual([role.range.start.line, document.getText(role.range)], [1, '"asistant"']);
    const comma = await problemOf(document.uri, 'badJson');
    assert.deepEqual([comma.range.start.line, document.getText(comma.range)], [2, ',']);
    await applyFix(document, role.range, /assistant/);
    await applyFix(document, comma.range, 'Remove the comma');
    assert.equal(document.getText(), `${[row('one'), row('two'), row('three')].join('\n')}\n`);
    await until('no problem left', () => problemsOf(document.uri).length === 0);
  });

  test('appear in text that is not saved, and go with it', async () => {
    const document = await openDataset('unsaved.jsonl', [row('one'), row('two')]);
    await replaceIn(document, '"role": "user", "content": "two"', '"role": "usr", "content": "two"');
    const problem = await problemOf(document.uri, 'unknownRole');
    assert.equal(problem.range.start.line, 1);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), `${row('zero')}\n`);
    await vscode.workspace.applyEdit(edit);
    await until('the problem moved', () => problemsOf(document.uri).some(({ range }) => range.start.line === 2));
    await replaceIn(document, '"usr"', '"user"');
    await until('no problem left', () => problemsOf(document.uri).length === 0);
  });

  test('far from what is shown are found by the sweep, duplicates too; all are deleted by one fix', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => row(`number ${index}`));
    lines[4000] = row('number 4000').replace('"assistant"', '"asistant"');
    lines[4500] = row('number 10');
    lines[4990] = row('number 20');
    const document = await openDataset('far.jsonl', lines);
    assert.equal((await problemOf(document.uri, 'unknownRole')).range.start.line, 4000);
    const duplicate = await problemOf(document.uri, 'duplicateRow');
    assert.equal(duplicate.range.start.line, 4500);
    assert.match(duplicate.message, /line 11:/);
    await applyFix(document, duplicate.range, 'Delete this row (2 times in this file)');
    assert.equal(document.lineCount, 5000 - 2 + 1);
    await until(
      'the other problem alone',
      () =>
        problemsOf(document.uri)
          .map(({ code }) => code)
          .join() === 'unknownRole',
    );
    await document.save();
    await pause(500);
    assert.deepEqual(
      problemsOf(document.uri).map(({ code }) => code),
      ['unknownRole'],
    );
  });

  test('are not looked for in what is no dataset', async () => {
    const log = await openDataset('server-log.jsonl', [
      '{"level": "info", "message": "a"}',
      'no json',
      '{"level": 1,}',
    ]);
    // by then a dataset that was opened later has its problems
    const dataset = await openDataset('after-log.jsonl', [`${row('one')},`, row('two')]);
    await problemOf(dataset.uri, 'badJson');
    await pause(500);
    assert.deepEqual(problemsOf(log.uri), []);
  });

  test('follow the columns of the recipe that trains on the file', async () => {
    const lines = ['{"q": "Who?", "a": "You."}', '{"q": "Who?"}', '{"q": "What?", "a": " "}'];
    const document = await openDataset('named.jsonl', lines);
    const recipe = await writeRecipe('named.tune.yaml', (text) =>
      text.replace(
        /^data:\n(?: .*\n|\n(?= ))*/m,
        'data:\n  path: ./named.jsonl\n  columns:\n    prompt: q\n    completion: a\n',
      ),
    );
    assert.equal((await problemOf(document.uri, 'missingColumn')).range.start.line, 1);
    assert.equal((await problemOf(document.uri, 'emptyContent')).range.start.line, 2);
    await vscode.workspace.fs.delete(recipe);
    await until('no problem left', () => problemsOf(document.uri).length === 0);
  });

  test('of a file that is not open are found by the command', async () => {
    const uri = workspaceFile('closed.jsonl');
    await writeFile(uri.fsPath, `${row('one')}\n${row('one')}\n`);
    await vscode.commands.executeCommand('tunebook.checkDataset', uri);
    assert.deepEqual(
      problemsOf(uri).map(({ code, range }) => [code, range.start.line]),
      [['duplicateRow', 1]],
    );
    await writeFile(uri.fsPath, `${row('one')}\n`);
    await until('they are forgotten when it changes', () => problemsOf(uri).length === 0);
  });

  test('go when the file is closed', async () => {
    const uri = workspaceFile('closing.jsonl');
    await writeFile(uri.fsPath, `${row('one')},\n`);
    // as the explorer does: a document opened through the API would be kept for minutes
    await vscode.commands.executeCommand('vscode.open', uri);
    await problemOf(uri, 'badJson');
    await revertAndCloseAll();
    await until('no problem left', () => problemsOf(uri).length === 0);
  });
});
