import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { parseRecipe } from '../../../src/core/recipe/parse';
import { resolveRecipe } from '../../../src/core/recipe/resolve';
import type { TrainerSession } from '../../../src/engine/engine';
import { attachTrainer } from '../../../src/engine/python/attach';
import {
  cellOf,
  ended,
  extension,
  openNotebook,
  replaced,
  revertAndCloseAll,
  runCell,
  shown,
  until,
  workspaceFile,
  writeRecipe,
} from '../support';

/** Long enough to be watched and stopped at any machine's speed. */
function endless(text: string): string {
  const long = replaced(text, 'num_train_epochs: 3', 'max_steps: 2000');
  return replaced(long, 'logging_steps: 5', 'logging_steps: 1\n    output_dir: ./elsewhere');
}

function newestRunOf(recipe: string): string {
  const runs = workspaceFile('.tunebook/runs').fsPath;
  const id = readdirSync(runs).findLast((name) => name.endsWith(`-${recipe}`));
  assert.ok(id, `no run of ${recipe}`);
  return path.join(runs, id);
}

async function pointsShown(notebook: vscode.NotebookDocument, more: number): Promise<number> {
  return until(
    'points of the curve',
    () => {
      const count = shown(notebook, 'train')?.points.length ?? 0;
      return count >= more ? count : null;
    },
    90_000,
  );
}

suite('a run that another program started', () => {
  let notebook: vscode.NotebookDocument;
  let program: ChildProcess;
  let code: Promise<number | null>;

  suiteSetup(async () => {
    const recipe = await writeRecipe('elsewhere.tune.yaml', endless);
    notebook = await openNotebook(recipe);
    const cli = path.join(extension().extensionPath, 'dist', 'cli.cjs');
    program = spawn(process.execPath, [cli, 'train', recipe.fsPath, '--json'], {
      cwd: path.dirname(recipe.fsPath),
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: 'ignore',
    });
    code = new Promise((resolve) => program.once('close', resolve));
  });

  suiteTeardown(async () => {
    program.kill('SIGKILL');
    await revertAndCloseAll();
  });

  test('is shown live in the cells of its recipe, which was open before it began', async () => {
    await pointsShown(notebook, 3);
    const model = shown(notebook, 'model');
    assert.equal(model?.status, 'done');
    assert.equal(model.architecture, 'Phi3ForCausalLM');
    assert.equal(cellOf(notebook, 'model').executionSummary?.success, true);
    assert.equal(shown(notebook, 'train')?.status, 'running');
    assert.equal(shown(notebook, 'train')?.points[0]?.trainStep, 1);
  });

  test('goes on there', async () => {
    const before = shown(notebook, 'train')?.points.length ?? 0;
    assert.ok((await pointsShown(notebook, before + 2)) > before);
  });

  test('is stopped by the notebook, with a checkpoint; its own host hears of it', async () => {
    await vscode.commands.executeCommand('notebook.cancelExecution');
    const { status, checkpoints } = await ended(notebook, 'train');
    assert.equal(status, 'stopped');
    const [checkpoint] = checkpoints;
    assert.ok(checkpoint);
    assert.ok(existsSync(path.join(checkpoint.path, 'adapter_model.safetensors')), checkpoint.path);
    assert.equal(await code, 130);
  });
});

suite('a trainer of the notebook that another host commands too', () => {
  let notebook: vscode.NotebookDocument;
  let other: TrainerSession;

  suiteSetup(async () => {
    notebook = await openNotebook(await writeRecipe('shared.tune.yaml', endless));
    await runCell(cellOf(notebook, 'model'));
    await ended(notebook, 'model');
    other = await attachTrainer(newestRunOf('shared'));
  });

  suiteTeardown(async () => {
    await other.shutdown();
    await revertAndCloseAll();
  });

  test('shows what the other one runs, and stops it', async () => {
    const text = readFileSync(notebook.uri.fsPath, 'utf8');
    const parsed = parseRecipe(text, { file: notebook.uri.fsPath });
    assert.ok(parsed.ok);
    const recipe = resolveRecipe(parsed.value, notebook.uri.fsPath);
    const outcome = other.run(['lora', 'data', 'tokenizer', 'train'], { recipe, recipeText: text });
    await pointsShown(notebook, 2);
    assert.equal(shown(notebook, 'lora')?.status, 'done');
    await vscode.commands.executeCommand('notebook.cancelExecution');
    assert.equal((await ended(notebook, 'train')).status, 'stopped');
    assert.deepEqual(await outcome, { kind: 'stopped' });
  });

  test('goes on from what the other one made', async () => {
    await runCell(cellOf(notebook, 'tokenizer'));
    assert.equal((await ended(notebook, 'tokenizer')).status, 'done');
    const log = readFileSync(path.join(newestRunOf('shared'), 'events.jsonl'), 'utf8');
    const started = log
      .split('\n')
      .filter((line) => line.includes('"runStarted"'))
      .map((line) => JSON.parse(line).steps);
    assert.deepEqual(started, [['model'], ['lora', 'data', 'tokenizer', 'train'], ['tokenizer']]);
  });
});
