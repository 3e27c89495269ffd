import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  cellOf,
  ended,
  openNotebook,
  positionOf,
  replaced,
  revertAndCloseAll,
  runCell,
  until,
  writeRecipe,
} from '../support';

/** At this rate the loss is no number after a step, whatever the machine. */
const RATE = 'learning_rate: 3.0e+20';

function failing(text: string): string {
  return replaced(replaced(text, 'learning_rate: 2.0e-3', RATE), 'seed: 42', 'seed: 42\n    max_grad_norm: 0');
}

suite('a run that fails', () => {
  let notebook: vscode.NotebookDocument;
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    notebook = await openNotebook(await writeRecipe('failing.tune.yaml', failing));
    ({ document } = cellOf(notebook, 'train'));
    await runCell(cellOf(notebook, 'train'));
  });

  suiteTeardown(revertAndCloseAll);

  const marks = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'nonFiniteLoss');

  test('the cell says what happened and offers changes of the recipe', async () => {
    const { status, problem } = await ended(notebook, 'train');
    assert.equal(status, 'failed');
    assert.match(
      problem?.title ?? '',
      /^The loss or its gradient is no longer a number: The .+ is .+ at step \d+ of 123\.$/,
    );
    assert.deepEqual(
      problem?.fixes?.map(({ changes }) => changes.map(({ path, value }) => [path.at(-1), value])),
      [[['learning_rate', 2e-4]], [['max_grad_norm', 1]], [['warmup_steps', 0.05]]],
    );
    assert.match(problem?.details ?? '', /^nonFiniteLoss in train: [^]*\ntorch \d[^]*Traceback/);
  });

  test('the line of the recipe is marked, and one click repairs it', async () => {
    const [mark] = await until('a mark', () => (marks().length > 0 ? marks() : null));
    assert.ok(mark);
    assert.equal(mark.range.start.line, positionOf(document, 'learning_rate').line);
    assert.equal(mark.severity, vscode.DiagnosticSeverity.Error);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      mark.range,
    );
    const fixes = actions.filter(({ title }) => title.startsWith('Set '));
    assert.deepEqual(
      fixes.map(({ title, isPreferred }) => [title, isPreferred === true]),
      [
        ['Set learning_rate to 0.0002', true],
        ['Set max_grad_norm to 1', false],
        ['Set warmup_steps to 0.05 (the first steps are small)', false],
      ],
    );
    const before = document.getText();
    const [first] = fixes;
    assert.ok(first?.edit);
    assert.equal(await vscode.workspace.applyEdit(first.edit), true);
    assert.equal(document.getText(), before.replace(RATE, 'learning_rate: 0.0002'));
    await until('no mark on a recipe that is another by now', () => marks().length === 0);
    await vscode.window.showTextDocument(document);
    await until('the text of before', async () => {
      await vscode.commands.executeCommand('undo');
      return document.getText() === before;
    });
  });
});
