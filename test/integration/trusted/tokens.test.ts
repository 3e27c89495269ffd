import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TokensTrainer } from '../../../src/engine/python/askTokens';
import { WorkerClient } from '../../../src/engine/worker/client';
import { setInRecipe } from '../../../src/features/setInRecipe';
import { showInRecipe } from '../../../src/features/showInRecipe';
import { showRow, showTemplate } from '../../../src/features/tokens/showLine';
import { TemplateDocuments } from '../../../src/features/tokens/templateDocuments';
import { TokensLook } from '../../../src/features/tokens/tokensLook';
import type { TokenSequence, TokenView } from '../../../src/protocol/tokenView';
import {
  cellOf,
  extension,
  openNotebook,
  RECIPE,
  replaced,
  replaceIn,
  revertAndCloseAll,
  until,
  workspaceFile,
  writeRecipe,
} from '../support';

/** A template that counts no steps is given up after 20 s without a word. */
const ENDLESS_MS = 60_000;

suite('tokens and labels', () => {
  let worker: WorkerClient;
  let looks: TokensLook[] = [];

  suiteSetup(async () => {
    await extension().activate();
    worker = new WorkerClient(path.join(extension().extensionPath, 'dist', 'worker.js'));
  });
  suiteTeardown(() => worker.dispose());
  teardown(async () => {
    for (const look of looks) look.dispose();
    looks = [];
    await revertAndCloseAll();
  });

  /** What the view of a recipe is told, without its page. */
  function lookAt(recipe: vscode.Uri, trainer: TokensTrainer | null = null): TokensLook {
    const look = new TokensLook(
      recipe,
      'test',
      { worker, trainerFor: async () => trainer },
      { onState: () => {}, onPicture: () => {} },
    );
    looks.push(look);
    return look;
  }

  async function viewOf(recipe: vscode.Uri): Promise<TokenView> {
    const look = lookAt(recipe);
    await look.refresh();
    const { state, view } = look.picture;
    assert.deepEqual(state, { kind: 'shown' });
    assert.ok(view);
    return view;
  }

  test('the command opens one view for a recipe, beside it', async () => {
    const uri = workspaceFile(RECIPE);
    await openNotebook(uri);
    await vscode.commands.executeCommand('tunebook.showTokens', uri);
    const [tab] = await until('the view', () => (tabs().length > 0 ? tabs() : null));
    assert.equal(tab?.label, 'Tokens: yoda');
    assert.notEqual(tab?.group.viewColumn, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('tunebook.showTokens', uri);
    assert.equal(tabs().length, 1);
  });

  test('the sample’s tokens are the words of its rows', async () => {
    const view = await viewOf(workspaceFile(RECIPE));
    assert.equal(view.counts.rows, 720);
    assert.equal(view.counts.complete, true);
    assert.equal(view.batches.length, 2);
    const lines = (await readFile(workspaceFile('yoda.jsonl').fsPath, 'utf8')).split('\n');
    const sequence = view.batches[0]?.sequences[0];
    assert.ok(sequence);
    const whole = sequence.parts.find(({ from, start }) => from === 0 && start > 0);
    assert.ok(whole?.line, 'no row begins in the sequence');
    const written: unknown = JSON.parse(lines[whole.line - 1] ?? '');
    assert.ok(typeof written === 'object' && written !== null && 'sentence' in written);
    // this tokenizer keeps no line feeds and puts a space before each word
    const shown = textFrom(view, sequence, whole.start).replaceAll(/\s/g, '');
    const wanted = `<|user|>${String(written.sentence)}<|end|>`.replaceAll(/\s/g, '');
    assert.equal(shown.slice(0, wanted.length), wanted);
  });

  test('a token leads to its line of the dataset', async () => {
    const recipe = workspaceFile(RECIPE);
    await openNotebook(recipe);
    const view = await viewOf(recipe);
    const line = view.batches[0]?.sequences[0]?.parts[1]?.line;
    assert.ok(line);
    await showRow(view, { line, focus: true, recipe, besides: vscode.ViewColumn.Two });
    const editor = await until('the dataset', () => activeEditor('.jsonl'));
    assert.equal(editor.document.uri.fsPath, workspaceFile('yoda.jsonl').fsPath);
    assert.equal(editor.selection.start.line, line - 1);
  });

  test('a template in tokenizer_config.json opens at its line, to be read only', async () => {
    const recipe = workspaceFile(RECIPE);
    await openNotebook(recipe);
    const view = await viewOf(recipe);
    assert.match(view.tokenizer.chatTemplateFile ?? '', /tokenizer_config\.json$/);
    const documents = new TemplateDocuments();
    try {
      const sequence = view.batches[0]?.sequences[0];
      const line = sequence?.templateLines.at(-1);
      assert.ok(line);
      const to = { line, focus: true, recipe, besides: vscode.ViewColumn.Two };
      await showTemplate(view, { documents, recipeName: 'yoda' }, to);
      const editor = await until('the template', () => activeEditor('.jinja'));
      assert.equal(editor.document.uri.scheme, 'tunebook-template');
      assert.equal(editor.document.getText(), view.tokenizer.chatTemplate);
      assert.equal(editor.selection.start.line, line - 1);
      assert.notEqual(vscode.workspace.fs.isWritableFileSystem('tunebook-template'), true);
    } finally {
      documents.dispose();
    }
  });

  test('a fix edits the notebook, and undo takes it back', async () => {
    const recipe = await writeRecipe('fixed.tune.yaml');
    const notebook = await openNotebook(recipe);
    const { document } = cellOf(notebook, 'train');
    const before = document.getText();
    assert.equal(await setInRecipe(recipe, [{ path: ['train', 'data', 'max_length'], value: 96 }]), true);
    assert.equal(document.getText(), replaced(before, 'max_length: 64', 'max_length: 96'));
    assert.equal(notebook.isDirty, true);
    await vscode.commands.executeCommand('undo');
    await until('the text of before', () => document.getText() === before);
  });

  test('a fix edits the text, with a section that was not there', async () => {
    const recipe = await writeRecipe('text.tune.yaml', (text) => text.replace(/^tokenizer:\n {2}pad_token.*\n/m, ''));
    await vscode.commands.executeCommand('vscode.openWith', recipe, 'default');
    const document = await vscode.workspace.openTextDocument(recipe);
    assert.ok(!document.getText().includes('\ntokenizer:'));
    assert.equal(await setInRecipe(recipe, [{ path: ['tokenizer', 'pad_token'], value: '<unk>' }]), true);
    assert.match(document.getText(), /^tokenizer:\n {2}pad_token: <unk>$/m);
    await vscode.commands.executeCommand('undo');
    await until('no tokenizer section', () => !document.getText().includes('\ntokenizer:'));
  });

  test('a finding leads to its key', async () => {
    const recipe = workspaceFile(RECIPE);
    await openNotebook(recipe);
    await showInRecipe(recipe, ['train', 'data', 'max_length']);
    const editor = await until('the cell', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.languageId, 'tune-train');
    assert.equal(editor.document.getText(editor.selection), 'max_length');
  });

  test('the picture follows the recipe while it is typed, and stays while it can’t be read', async () => {
    const recipe = await writeRecipe('followed.tune.yaml');
    const notebook = await openNotebook(recipe);
    const look = lookAt(recipe);
    await look.refresh();
    assert.equal(look.picture.view?.maxLength, 64);
    const { document } = cellOf(notebook, 'train');
    await replaceIn(document, 'max_length: 64', 'max_length: 32');
    await until('the new picture', () => look.picture.view?.maxLength === 32);
    const picture = look.picture.view;
    await replaceIn(document, 'max_length: 32', 'max_length: [32');
    const problems = await until('the problem', () => (look.picture.state.kind === 'problems' ? look.picture : null));
    assert.equal(problems.view, picture);
    await replaceIn(document, 'max_length: [32', 'max_length: 32');
    await until('the picture again', () => look.picture.state.kind === 'shown');
    assert.equal(look.picture.view, picture, 'nothing was made anew for the same recipe');
  });

  test('the picture follows the dataset on the disk', async () => {
    const data = workspaceFile('own.jsonl');
    await writeFile(data.fsPath, row('One row.').repeat(9));
    const recipe = await writeRecipe('own.tune.yaml', (text) => replaced(text, './yoda.jsonl', './own.jsonl'));
    const look = lookAt(recipe);
    await look.refresh();
    assert.equal(look.picture.view?.counts.rows, 9);
    await writeFile(data.fsPath, row('Another row.').repeat(12));
    await until('the new rows', () => look.picture.view?.counts.rows === 12, 30_000);
  });

  test('where the editor has no tokenizer it says so, and the trainer’s answer is shown', async () => {
    const given = await viewOf(workspaceFile(RECIPE));
    await writeFile(workspaceFile('view.jsonl').fsPath, JSON.stringify({ ...given, source: 'trainer' }));
    // the fake trainer answers what the data file holds when its model is called so
    const recipe = await writeRecipe('asked.tune.yaml', (text) =>
      replaced(
        replaced(text, 'model_name_or_path: ./base', 'model_name_or_path: view'),
        './yoda.jsonl',
        './view.jsonl',
      ),
    );
    const trainer = {
      python: 'python3',
      trainerSource: path.join(extension().extensionPath, 'test/fixtures/fakeTrainer'),
    };
    const look = lookAt(recipe, trainer);
    await look.refresh();
    const told = await until('the findings', () => {
      const { state } = look.picture;
      return state.kind === 'failed' && state.findings.length > 0 ? state : null;
    });
    assert.deepEqual(
      told.findings.map(({ kind }) => kind),
      ['tokenizerUnreadable'],
    );
    await look.askTrainer();
    assert.deepEqual(look.picture.state, { kind: 'shown' });
    assert.equal(look.picture.view?.source, 'trainer');
    assert.deepEqual(look.picture.view.fallback, told.findings[0]?.message);
    assert.deepEqual(look.picture.view.batches, given.batches);
  });

  test('an endless template is told, and the editor goes on', async () => {
    // jinja2's sandbox allows ranges up to 100,000 (jinja2/sandbox.py, MAX_RANGE)
    const endless = '{% for i in range(90000) %}{% for j in range(90000) %}{% set k = j %}{% endfor %}{% endfor %}';
    const recipe = await writeRecipe('endless.tune.yaml', (text) =>
      replaced(text, '  pad_token: <unk>\n', `  pad_token: <unk>\n  chat_template: "${endless}"\n`),
    );
    const look = lookAt(recipe);
    let turns = 0;
    const turning = setInterval(() => turns++, 20);
    void look.refresh();
    const reason = await until(
      'the end of the endless template',
      () => (look.picture.state.kind === 'failed' ? look.picture.state.reason : null),
      ENDLESS_MS,
    );
    clearInterval(turning);
    assert.match(reason, /did not end|may loop forever/);
    assert.ok(turns > 10, `the editor had ${turns} turns`);
    // another one is served at once
    assert.equal((await viewOf(workspaceFile(RECIPE))).counts.rows, 720);
  }).timeout(ENDLESS_MS * 2);
});

function activeEditor(ending: string): vscode.TextEditor | null {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.path.endsWith(ending) === true ? editor : null;
}

function textFrom(view: TokenView, { ids }: TokenSequence, start: number): string {
  const pieces = new Map(view.pieces.map(({ id, text }) => [id, text]));
  return ids
    .slice(start)
    .map((id) => pieces.get(id) ?? '')
    .join('');
}

function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('tunebook.tokens'));
}

function row(sentence: string): string {
  return `${JSON.stringify({ sentence, translation: sentence, translation_extra: sentence })}\n`;
}
