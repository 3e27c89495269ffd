import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { WorkerClient } from '../../../src/engine/worker/client';
import { formatHandlers } from '../../../src/features/data/formatHandlers';
import { FormatJob } from '../../../src/features/data/formatJob';
import type { Handlers } from '../../../src/protocol/channel';
import type { FormatEnd, FormatPanelCalls } from '../../../src/protocol/formatPanel';
import {
  bytesOf,
  cellOf,
  extension,
  openNotebook,
  revertAndCloseAll,
  until,
  workspaceFile,
  writeRecipe,
} from '../support';

const ROWS = [
  { question: 'What is the capital of Peru?', answer: 'Lima,\n"of course".' },
  { question: '秘鲁的首都？', answer: '利马 👋' },
];
const CHAT = ROWS.map(({ question, answer }) => ({
  messages: [
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ],
}));
const lines = ROWS.map((row) => JSON.stringify(row)).join('\n');
const separated = (by: string): string =>
  [['question', 'answer'], ...ROWS.map(({ question, answer }) => [question, answer])]
    .map((fields) => fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(by))
    .join('\r\n');

const KINDS: readonly (readonly [name: string, content: string | Buffer])[] = [
  ['a.jsonl', lines],
  ['b.json', JSON.stringify(ROWS, null, 2)],
  ['c.csv', separated(',')],
  ['d.tsv', separated('\t')],
  ['e.jsonl.gz', gzipSync(lines)],
];

const folder = (): string => workspaceFile('format').fsPath;
const inFolder = (name: string): vscode.Uri => vscode.Uri.file(path.join(folder(), name));

/** The extension's side of a panel, with its real parts. */
function sideOf(file: vscode.Uri, worker: WorkerClient): Handlers<FormatPanelCalls> {
  return formatHandlers({
    file,
    worker,
    job: new FormatJob(),
    column: () => undefined,
    formatAnother: () => Promise.resolve(),
  });
}

function asked(progress: (value: unknown) => void = () => {}): {
  readonly signal: AbortSignal;
  progress(value: unknown): void;
} {
  return { signal: new AbortController().signal, progress };
}

async function convert(side: Handlers<FormatPanelCalls>, target: string, overwrite = false): Promise<FormatEnd> {
  const { mapping } = await side.preview({ mapping: null }, asked());
  assert.ok(mapping, 'no form was recognised');
  return side.format({ mapping, target, overwrite }, asked());
}

async function rowsOf(name: string): Promise<unknown[]> {
  const text = await readFile(inFolder(name).fsPath, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

function formatTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('tunebook.format'));
}

suite('Format as Chat', () => {
  let worker: WorkerClient;
  setup(async () => {
    await mkdir(folder(), { recursive: true });
    worker = new WorkerClient(path.join(extension().extensionPath, 'dist', 'worker.js'));
  });
  teardown(async () => {
    worker.dispose();
    await revertAndCloseAll();
    await rm(folder(), { recursive: true, force: true });
  });

  for (const [name, content] of KINDS)
    test(`${name} becomes conversations, and stays as it is`, async () => {
      await writeFile(inFolder(name).fsPath, content);
      const before = await bytesOf(inFolder(name));
      const side = sideOf(inFolder(name), worker);
      const { target } = await side.ready(null, asked());
      const end = await convert(side, target);
      assert.equal(end.kind, 'done');
      assert.equal(end.kind === 'done' && end.report.written, 2);
      assert.deepEqual(await rowsOf(target), CHAT);
      assert.deepEqual(await bytesOf(inFolder(name)), before);
      assert.deepEqual((await readdir(folder())).toSorted(), [name, target].toSorted());
    });

  test('parquet does too', async () => {
    const name = 'chat.parquet';
    const fixture = path.join(extension().extensionPath, 'test', 'fixtures', 'datasets', 'chat-snappy.parquet');
    await copyFile(fixture, inFolder(name).fsPath);
    const end = await convert(sideOf(inFolder(name), worker), 'chat.chat.jsonl');
    assert.equal(end.kind, 'done');
    const rows = await rowsOf('chat.chat.jsonl');
    assert.ok(rows.length > 0);
    for (const row of rows) assert.ok(typeof row === 'object' && row !== null && 'messages' in row);
    assert.deepEqual(await bytesOf(inFolder(name)), await readFile(fixture));
  });

  test('a target that is there is asked about, then replaced', async () => {
    await writeFile(inFolder('a.jsonl').fsPath, lines);
    await writeFile(inFolder('a.chat.jsonl').fsPath, 'precious');
    const side = sideOf(inFolder('a.jsonl'), worker);
    assert.deepEqual(await convert(side, 'a.chat.jsonl'), {
      kind: 'exists',
      target: 'a.chat.jsonl',
      free: 'a-2.chat.jsonl',
    });
    assert.equal((await bytesOf(inFolder('a.chat.jsonl'))).toString(), 'precious');
    assert.equal((await convert(side, 'a.chat.jsonl', true)).kind, 'done');
    assert.deepEqual(await rowsOf('a.chat.jsonl'), CHAT);
  });

  test('who cancels is left with the source alone', async () => {
    const many = `${lines}\n`.repeat(150_000);
    await writeFile(inFolder('many.jsonl').fsPath, many);
    const side = sideOf(inFolder('many.jsonl'), worker);
    const { mapping } = await side.preview({ mapping: null }, asked());
    assert.ok(mapping);
    let ending: FormatEnd | Promise<FormatEnd> | null = null;
    await new Promise<void>((began) => {
      ending = side.format(
        { mapping, target: 'many.chat.jsonl', overwrite: false },
        asked(() => began()),
      );
    });
    await side.cancelFormat(null, asked());
    assert.deepEqual(await ending, { kind: 'cancelled' });
    await until('nothing but the source', async () => (await readdir(folder())).join() === 'many.jsonl');
    assert.equal((await readFile(inFolder('many.jsonl').fsPath, 'utf8')).length, many.length);
  });

  test('a line of the source opens', async () => {
    await writeFile(inFolder('a.jsonl').fsPath, lines);
    await sideOf(inFolder('a.jsonl'), worker).openSourceLine({ line: 2 }, asked());
    const editor = await until('the editor', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.uri.fsPath, inFolder('a.jsonl').fsPath);
    assert.equal(editor.selection.active.line, 1);
  });

  test('a recipe that is open as a notebook trains on the result, and undo takes it back', async () => {
    await writeFile(inFolder('a.jsonl').fsPath, lines);
    const side = sideOf(inFolder('a.jsonl'), worker);
    assert.equal((await convert(side, 'a.chat.jsonl')).kind, 'done');
    const recipe = await writeRecipe('format/use.tune.yaml');
    const notebook = await openNotebook(recipe);
    const { document } = cellOf(notebook, 'data');
    const before = document.getText();
    const using = side.useInRecipe(null, asked());
    assert.deepEqual(await accepted(using), { recipe: 'use.tune.yaml' });
    const after = document.getText();
    assert.match(after, /^ {2}path: \.\/a\.chat\.jsonl/m);
    assert.doesNotMatch(after, /columns:|prompt:/);
    assert.equal(after.endsWith('\n'), before.endsWith('\n'));
    assert.equal(notebook.isDirty, true);
    assert.equal(await notebook.save(), true);
    assert.match((await bytesOf(recipe)).toString(), /\n {2}path: \.\/a\.chat\.jsonl/);
    const editor = vscode.window.visibleNotebookEditors.find((visible) => visible.notebook === notebook);
    assert.ok(editor);
    const { index } = cellOf(notebook, 'data');
    editor.selection = new vscode.NotebookRange(index, index + 1);
    await vscode.commands.executeCommand('notebook.cell.edit');
    await vscode.commands.executeCommand('undo');
    await until('the recipe as it was', () => document.getText() === before);
  });

  test('a recipe that is open as text does too', async () => {
    await writeFile(inFolder('a.jsonl').fsPath, lines);
    const side = sideOf(inFolder('a.jsonl'), worker);
    assert.equal((await convert(side, 'a.chat.jsonl')).kind, 'done');
    const recipe = await writeRecipe('format/use.tune.yaml');
    await vscode.commands.executeCommand('vscode.openWith', recipe, 'default');
    const document = await until('the text', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === recipe.toString()),
    );
    assert.deepEqual(await accepted(side.useInRecipe(null, asked())), { recipe: 'use.tune.yaml' });
    assert.match(document.getText(), /\n {2}path: \.\/a\.chat\.jsonl/);
    assert.equal(document.isDirty, true);
    await vscode.commands.executeCommand('undo');
    await until('no change', () => document.getText().includes('columns:'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('the command opens one tab for each file', async () => {
    for (const name of ['a.jsonl', 'b.jsonl']) await writeFile(inFolder(name).fsPath, lines);
    for (const name of ['a.jsonl', 'b.jsonl', 'a.jsonl'])
      await vscode.commands.executeCommand('tunebook.formatAsChat', inFolder(name));
    await until('the tabs', () => formatTabs().length === 2);
    assert.deepEqual(
      formatTabs()
        .map(({ label }) => label)
        .toSorted(),
      ['Format a.jsonl', 'Format b.jsonl'],
    );
    assert.deepEqual((await readdir(folder())).toSorted(), ['a.jsonl', 'b.jsonl']);
  });
});

/** Takes the first offer of the open quick pick, as soon as there is one. */
async function accepted<T>(answer: T | Promise<T>): Promise<T> {
  const taking = setInterval(() => {
    void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }, 300);
  try {
    return await answer;
  } finally {
    clearInterval(taking);
  }
}
