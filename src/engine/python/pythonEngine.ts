import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { Engine, StartOptions, TrainerSession } from '../engine';
import { createRunDirectory, RUN_FILES } from '../runDirectory';
import { cannotStart } from './cannotStart';
import { PythonSession } from './session';
import { spawnTrainer } from './trainerProcess';

export interface PythonEngineOptions {
  /** Interpreter that has the trainer's packages. */
  readonly python: string;
  /** Folder that holds the package `tunebook_trainer`. */
  readonly trainerSource: string;
}

/** TRL, PEFT and bitsandbytes in a subprocess. */
export class PythonEngine implements Engine {
  readonly id = 'python';
  readonly #options: PythonEngineOptions;

  constructor(options: PythonEngineOptions) {
    this.#options = options;
  }

  async start({ recipe, recipeText, runsDirectory }: StartOptions): Promise<TrainerSession> {
    const run = await createRunDirectory(runsDirectory, recipe, recipeText);
    const { python, trainerSource } = this.#options;
    try {
      const child = await spawnTrainer({
        python,
        trainerSource,
        runDirectory: run.directory,
        logFile: path.join(run.directory, RUN_FILES.log),
        cwd: recipe.baseDirectory,
      });
      if (child.pid === undefined) throw new Error('no process id');
      return new PythonSession(child, child.pid, run);
    } catch (error) {
      // nothing has run: no folder should say that something has
      await rm(run.directory, { recursive: true, force: true });
      throw cannotStart(python, error);
    }
  }
}
