import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  cellOf,
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

type Place = 'a cell' | 'the text';

/** The same recipe where a person may write it: in the cell of a section, or in the file as text. */
async function documentOf(place: Place, uri: vscode.Uri): Promise<vscode.TextDocument> {
  if (place === 'a cell') {
    const cell = cellOf(await openNotebook(uri), 'lora');
    // What a person helps themselves with is in sight.
    vscode.window.activeNotebookEditor?.revealRange(new vscode.NotebookRange(cell.index, cell.index + 1));
    return cell.document;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

async function completions(document: vscode.TextDocument, at: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    at,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** Null while the window has no text of a cell yet, as long as it is out of sight: then the command refuses its argument. */
async function quickFixes(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[] | null> {
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands
    .executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind)
    .then(
      (fixes) => fixes,
      () => null,
    );
}

function problemsOf(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source?.toLowerCase() === 'tunebook');
}

async function firstProblem(document: vscode.TextDocument, text: string): Promise<vscode.Diagnostic> {
  return until(`a problem about ${text}`, () => problemsOf(document).find(({ message }) => message.includes(text)));
}

for (const place of ['a cell', 'the text'] as const)
  suite(`help in ${place}`, () => {
    teardown(revertAndCloseAll);

    test('a hover explains a parameter', async () => {
      const document = await documentOf(place, workspaceFile(RECIPE));
      const text = await hoverText(document, positionOf(document, 'lora_alpha: 16', 3));
      assert.match(text, /lora_alpha/);
      assert.ok(text.length > 60, text);
    });

    test('the shipped recipe has no problem', async () => {
      const document = await documentOf(place, workspaceFile(RECIPE));
      await hoverText(document, positionOf(document, 'lora_alpha', 3)); // its providers are awake now
      assert.deepEqual(problemsOf(document), []);
    });

    test('completion offers the keys of the section that are not there yet', async () => {
      const uri = await writeRecipe(`complete-${place.replace(' ', '-')}.tune.yaml`, (text) =>
        replaced(text, '  bias: none\n', '  \n  bias: none\n'),
      );
      const document = await documentOf(place, uri);
      const labels = await completions(document, positionOf(document, '  \n  bias', 2));
      for (const key of ['use_rslora', 'use_dora', 'modules_to_save'])
        assert.ok(labels.includes(key), `${key} in ${labels}`);
      assert.ok(!labels.includes('lora_alpha'), 'what is there already is not offered again');
      assert.ok(!labels.includes('learning_rate'), 'keys of other sections are not offered');
    });

    test('completion offers the layers of the recipe’s own model', async () => {
      const uri = await writeRecipe(`complete-layers-${place.replace(' ', '-')}.tune.yaml`, (text) =>
        text.replace(/  target_modules: \[[^\]]*\]/, '  target_modules: [o_proj, ]'),
      );
      const document = await documentOf(place, uri);
      const at = positionOf(document, '[o_proj, ', '[o_proj, '.length);
      // The worker has to read the model first.
      const labels = await until('names of layers', async () => {
        const offered = await completions(document, at);
        return offered.includes('qkv_proj') ? offered : undefined;
      });
      assert.ok(labels.includes('gate_up_proj'), labels.join());
    });

    test('completion offers the values of a parameter', async () => {
      const uri = await writeRecipe(`values-${place.replace(' ', '-')}.tune.yaml`, (text) =>
        replaced(text, '  bias: none\n', '  bias: \n'),
      );
      const document = await documentOf(place, uri);
      const labels = await completions(document, positionOf(document, '  bias: \n', 8));
      for (const value of ['none', 'all', 'lora_only']) assert.ok(labels.includes(value), `${value} in ${labels}`);
    });

    test('a misspelt key is a problem at its place, and the quick fix corrects it', async () => {
      const uri = await writeRecipe(`typo-${place.replace(' ', '-')}.tune.yaml`, (text) =>
        replaced(text, 'lora_dropout: 0.05', 'lora_droput: 0.05'),
      );
      const document = await documentOf(place, uri);
      const problem = await firstProblem(document, 'lora_droput');
      assert.equal(document.getText(problem.range), 'lora_droput');
      const fixes = await until('quick fixes', () => quickFixes(document, problem.range));
      const fix = fixes.find(({ title, edit }) => title.includes('lora_dropout') && edit !== undefined);
      assert.ok(fix?.edit, `a fix in: ${fixes.map(({ title }) => title).join(', ')}`);
      assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
      assert.ok(document.getText().includes('lora_dropout: 0.05'));
      await until('no problem left', () => problemsOf(document).length === 0);
    });

    test('a wrong value is a problem that names the value', async () => {
      const uri = await writeRecipe(`value-${place.replace(' ', '-')}.tune.yaml`, (text) =>
        replaced(text, '  r: 8\n', '  r: eight\n'),
      );
      const document = await documentOf(place, uri);
      const problem = await firstProblem(document, 'eight');
      assert.equal(problem.range.start.line, positionOf(document, '  r: eight').line);
    });
  });
