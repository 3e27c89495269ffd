import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { TrainerSession } from '../../../src/engine/engine';
import { findInterpreters } from '../../../src/engine/python/interpreters';
import { PythonEngine } from '../../../src/engine/python/pythonEngine';
import type { ResolvedRecipe, StepName, TrainerEvent } from '../../../src/protocol/trainer';

export const FAKE_TRAINER = path.resolve(import.meta.dirname, '../../fixtures/fakeTrainer');

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tunebook-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A recipe whose model says how the fake trainer behaves. */
export function recipeThat(way: string, folder: string): ResolvedRecipe {
  return {
    name: 'fake recipe',
    recipeFile: path.join(folder, 'fake recipe.tune.yaml'),
    baseDirectory: folder,
    sections: {
      model: { model_name_or_path: way },
      lora: {},
      data: {},
      tokenizer: {},
      train: {},
      generate: {},
      save: {},
    },
  };
}

export interface Started {
  readonly session: TrainerSession;
  readonly recipe: ResolvedRecipe;
  readonly events: TrainerEvent[];
  readonly log: string[];
  run(steps?: readonly StepName[]): ReturnType<TrainerSession['run']>;
}

let interpreters: ReturnType<typeof findInterpreters> | null = null;

/** Starts a fake trainer; whatever a test leaves of it is killed. */
export async function start(way: string, folder = temporaryFolder()): Promise<Started> {
  interpreters ??= findInterpreters(null);
  const [interpreter] = await interpreters;
  if (interpreter === undefined) throw new Error('These tests need Python 3.10 or newer on the PATH.');
  const recipe = recipeThat(way, folder);
  const session = await new PythonEngine({ python: interpreter.path, trainerSource: FAKE_TRAINER }).start({
    recipe,
    recipeText: '# as written\n',
    runsDirectory: path.join(folder, 'runs'),
  });
  onTestFinished(() => end(session.pid));
  const events: TrainerEvent[] = [];
  const log: string[] = [];
  session.onEvent((event) => events.push(event));
  session.onLog((line) => log.push(line));
  return { session, recipe, events, log, run: (steps = ['model']) => session.run(steps, { recipe, recipeText: '' }) };
}

function end(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ended by itself
  }
}

export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
