// The tree of a recipe's layers before anything runs: what it shows, what ticks write, what typing ticks.
import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { becomes, layerNamed, modelFeature, rowsNamed, shows, tick, ticksOf } from '../layersTree';
import {
  cellOf,
  openNotebook,
  replaced,
  replaceIn,
  revertAndCloseAll,
  until,
  workspaceFile,
  writeRecipe,
} from '../support';

const TARGETS = 'target_modules: [o_proj, qkv_proj, gate_up_proj, down_proj]';

async function withModel(name: string, model: string): Promise<vscode.Uri> {
  return writeRecipe(name, (text) => replaced(text, 'model_name_or_path: ./base', `model_name_or_path: ${model}`));
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

suite('the layers of a recipe', () => {
  teardown(revertAndCloseAll);

  test('the sample shows its 24 linear layers, what becomes of them, and the model', async () => {
    const uri = await writeRecipe('layers.tune.yaml');
    await openNotebook(uri);
    await shows(uri, 'model');
    assert.equal(await ticksOf('allLinear'), '24/24');
    const { modules } = await layerNamed('qkv_proj');
    assert.deepEqual(
      modules.map(({ type, shape, role, block }) => [type, shape?.join('×'), role, block]),
      [0, 1, 2, 3, 4, 5].map((block) => ['Linear4bit', '768×256', 'lora', block]),
    );
    assert.equal((await layerNamed('head')).modules[0]?.type, 'Linear');
    const { layers } = await modelFeature();
    assert.match(layers.shown.message, /199,680 trainable \(3\.3%\)/);
    const [model] = rowsNamed(layers.shown.rows, 'Phi3ForCausalLM');
    assert.ok(model?.kind === 'note' && model.description.includes('5.84M parameters'));
  });

  test('ticks write the recipe as a notebook, in one step that undo takes back', async () => {
    const uri = await writeRecipe('layers-notebook.tune.yaml');
    const notebook = await openNotebook(uri);
    await shows(uri, 'model');
    const { document } = cellOf(notebook, 'lora');
    const before = document.getText();
    await tick('mlp', false);
    assert.match(document.getText(), /target_modules: \[o_proj, qkv_proj\]/);
    await becomes('allLinear', '12/24');
    await becomes('mlp', '0/12');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await until('the text of before', () => document.getText() === before);
    await becomes('allLinear', '24/24');
  });

  test('ticks write the recipe as text, and what is typed moves them', async () => {
    const uri = await writeRecipe('layers-text.tune.yaml');
    const document = await openText(uri);
    await shows(uri, 'model');
    await tick('attention', false);
    assert.match(document.getText(), /target_modules: \[gate_up_proj, down_proj\]/);
    await replaceIn(document, '[gate_up_proj, down_proj]', 'all-linear');
    await becomes('allLinear', '24/24');
    await replaceIn(
      document,
      'target_modules: all-linear',
      'target_modules: [qkv_proj]\n  layers_to_transform: [1, 2]',
    );
    await becomes('qkv_proj', '2/6');
    await becomes('model.layers.1.self_attn.qkv_proj', '1/1');
  });

  test('a single layer, and one block alone', async () => {
    const uri = await writeRecipe('layers-block.tune.yaml');
    const document = await openText(uri);
    await shows(uri, 'model');
    await tick('model.layers.0.mlp.down_proj', false);
    await becomes('down_proj', '5/6');
    assert.match(document.getText(), /exclude_modules: \[.*0\.mlp\.down_proj\]/);
    const { changes } = await modelFeature();
    await changes.trainOnlyBlock(await layerNamed('model.layers.4.self_attn.o_proj'));
    await becomes('allLinear', '4/24');
    assert.match(document.getText(), /layers_to_transform: \[4\]/);
  });

  test('a section that can’t be read is left as it is', async () => {
    const uri = await writeRecipe('layers-broken.tune.yaml');
    const document = await openText(uri);
    await shows(uri, 'model');
    await replaceIn(document, 'r: 8', 'r: eight');
    const before = document.getText();
    await tick('mlp', false);
    assert.equal(document.getText(), before);
  });

  test('what is wrong with a model is told, and that it is mended', async () => {
    const uri = await withModel('layers-trouble.tune.yaml', './no-config');
    const folder = workspaceFile('no-config').fsPath;
    await mkdir(folder, { recursive: true });
    await openText(uri);
    await shows(uri, 'trouble');
    const { layers } = await modelFeature();
    assert.match(layers.shown.message, /config\.json/);
    assert.deepEqual(layers.shown.rows, []);
    for (const name of ['config.json', 'model.safetensors'])
      await copyFile(workspaceFile(`base/${name}`).fsPath, path.join(folder, name));
    await shows(uri, 'model');
  });

  test('a name that is misspelt is a problem of the recipe, with a fix', async () => {
    const uri = await writeRecipe('layers-misspelt.tune.yaml', (text) =>
      replaced(text, TARGETS, 'target_modules: [o_proj, qkv_porj]'),
    );
    await openText(uri);
    const problem = await until('a problem', () =>
      vscode.languages.getDiagnostics(uri).find(({ message }) => message.includes('qkv_porj')),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.ok(actions.length > 0, 'no fix');
  });

  test('memory and adapter stand above their sections', async () => {
    const uri = await writeRecipe('layers-lens.tune.yaml');
    await openText(uri);
    await shows(uri, 'model');
    const lenses = await until('two lenses', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      return found.length === 2 ? found : null;
    });
    const [model, lora] = lenses;
    assert.match(model?.command?.title ?? '', /^6\.5\d? MB loaded · .* at the peak/);
    assert.match(lora?.command?.title ?? '', /^199,680 trainable \(3\.3%\) · adapter 804\.9 kB · 24 layers$/);
    assert.equal(model?.command?.command, 'tunebook.showModel');
  });
});
