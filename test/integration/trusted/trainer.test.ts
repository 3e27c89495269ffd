import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { runsFeature } from '../fakeRuns';
import { modelFeature, rowsNamed } from '../layersTree';
import {
  cellOf,
  ended,
  openNotebook,
  replaced,
  revertAndCloseAll,
  runCell,
  shown,
  until,
  workspaceFile,
  writeRecipe,
} from '../support';

/** Long enough to be interrupted at any machine's speed: it logs at each of its 2,000 steps. */
function endless(text: string): string {
  return replaced(replaced(text, 'num_train_epochs: 3', 'max_steps: 2000'), 'logging_steps: 5', 'logging_steps: 1');
}

/** Of this recipe: other suites run others. */
function runDirectories(): string[] {
  const folder = workspaceFile('.tunebook/runs').fsPath;
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('-trainer'))
        .sort()
    : [];
}

suite('cells with the real trainer', () => {
  let notebook: vscode.NotebookDocument;

  suiteSetup(async () => {
    const uri = await writeRecipe('trainer.tune.yaml', endless);
    notebook = await openNotebook(uri);
  });

  suiteTeardown(revertAndCloseAll);

  test('the model cell shows device, footprint and layers', async () => {
    await runCell(cellOf(notebook, 'model'));
    const output = await ended(notebook, 'model');
    assert.equal(output.status, 'done', JSON.stringify(output.problem));
    assert.equal(output.version, 1);
    assert.equal(output.language, 'en');
    assert.ok(output.device);
    assert.equal(output.architecture, 'Phi3ForCausalLM');
    assert.match(output.quantization ?? '', /nf4/i);
    assert.ok((output.footprintBytes ?? 0) > 1_000_000);
    const projection = output.layers.find(({ name }) => name === 'qkv_proj');
    assert.deepEqual(
      { type: projection?.type, count: projection?.count, shape: projection?.shape },
      { type: 'Linear4bit', count: 6, shape: [768, 256] },
    );
  });

  test('the cell has a text for where the renderer is not', () => {
    const [output] = cellOf(notebook, 'model').outputs;
    const text = output?.items.find(({ mime }) => mime === 'text/plain');
    assert.ok(text);
    assert.match(new TextDecoder().decode(text.data), /Phi3ForCausalLM/);
  });

  test('the run has a directory with the recipe as it ran and its events', async () => {
    const [run] = runDirectories();
    assert.ok(run);
    assert.match(run, /^\d{8}-\d{6}-trainer$/);
    const directory = workspaceFile(path.join('.tunebook', 'runs', run)).fsPath;
    assert.equal(
      readFileSync(path.join(directory, 'recipe.tune.yaml'), 'utf8'),
      readFileSync(notebook.uri.fsPath, 'utf8'),
    );
    const [first] = readFileSync(path.join(directory, 'events.jsonl'), 'utf8').split('\n');
    assert.equal(JSON.parse(first ?? '').type, 'hello');
  });

  test('the LoRA cell goes on in the same process and counts what is trained', async () => {
    await runCell(cellOf(notebook, 'lora'));
    const output = await ended(notebook, 'lora');
    assert.equal(output.status, 'done', JSON.stringify(output.problem));
    assert.equal(output.trainable?.trainable, 199_680);
    assert.equal(output.trainable?.targetedLayers, 24);
    assert.ok((output.footprintAfterBytes ?? 0) > (output.footprintBeforeBytes ?? Number.POSITIVE_INFINITY));
    assert.equal(runDirectories().length, 1);
  });

  test('the tree of layers told exactly what is loaded now', async () => {
    const { layers } = await modelFeature();
    const [note] = await until('the comparison', () => {
      const notes = rowsNamed(layers.shown.rows, 'As loaded');
      return notes.length > 0 ? notes : null;
    });
    assert.equal(note?.kind === 'note' ? note.description : null, '78 modules');
  });

  test('data and tokenizer show rows and labels', async () => {
    await runCell(cellOf(notebook, 'data'));
    const data = await ended(notebook, 'data');
    assert.equal(data.status, 'done', JSON.stringify(data.problem));
    assert.equal(data.dataset?.rows, 720);
    await runCell(cellOf(notebook, 'tokenizer'));
    const { tokenizer, status, problem } = await ended(notebook, 'tokenizer');
    assert.equal(status, 'done', JSON.stringify(problem));
    assert.equal(tokenizer?.lengths.length, 720);
    const pad = tokenizer?.specialTokens.find(({ name }) => name === 'pad_token');
    const eos = tokenizer?.specialTokens.find(({ name }) => name === 'eos_token');
    assert.equal(pad?.token, '<unk>');
    assert.notEqual(pad?.id, eos?.id);
  });

  test('training is interrupted with a checkpoint and keeps its curve', async () => {
    void runCell(cellOf(notebook, 'train'));
    await until('three points of the curve', () => (shown(notebook, 'train')?.points.length ?? 0) >= 3, 120_000);
    await vscode.commands.executeCommand('notebook.cancelExecution');
    const output = await ended(notebook, 'train');
    assert.equal(output.status, 'stopped');
    assert.ok(output.points.length >= 3);
    assert.ok(output.points.every(({ loss }) => loss === null || loss > 0));
    const [checkpoint] = output.checkpoints;
    assert.ok(checkpoint);
    assert.ok(existsSync(path.join(checkpoint.path, 'adapter_model.safetensors')), checkpoint.path);
  });

  test('the checkpoint is exported as one model, into the weights and the folder that were chosen', async () => {
    const [run] = runDirectories();
    const directory = workspaceFile(path.join('.tunebook', 'runs', run ?? '')).fsPath;
    const checkpoint = shown(notebook, 'train')?.checkpoints[0]?.path ?? '';
    const output = workspaceFile('exported by a test').fsPath;
    const { runs, actions } = await runsFeature();
    await runs.look();
    await actions.export(
      { kind: 'checkpoint', directory, path: checkpoint, trainStep: 1 },
      {
        base: async () => 'dequantised',
        folder: async () => output,
        replace: async () => assert.fail('there is nothing to replace'),
      },
    );
    const made = JSON.parse(readFileSync(path.join(output, 'tunebook-export.json'), 'utf8'));
    assert.equal(made.kind, 'dequantised');
    assert.equal(made.adapter.path, checkpoint);
    assert.equal(made.proof.reloaded.sameAnswers, made.answers.length);
    rmSync(output, { recursive: true });
  });

  test('restart ends the process; the next cell starts a run of its own', async () => {
    await vscode.commands.executeCommand('tunebook.restartTrainer');
    await runCell(cellOf(notebook, 'model'));
    const output = await ended(notebook, 'model');
    assert.equal(output.status, 'done', JSON.stringify(output.problem));
    assert.equal(runDirectories().length, 2);
  });
});
