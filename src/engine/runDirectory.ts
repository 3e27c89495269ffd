import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../common/message';
import type { ResolvedRecipe } from '../protocol/trainer';
import { EngineError } from './engineError';

export const RUN_FILES = {
  recipe: 'recipe.tune.yaml', // the bytes that ran last
  config: 'config.json', // the same with every default
  environment: 'environment.json', // versions and machine, written by the trainer
  events: 'events.jsonl', // written by the trainer
  log: 'log.txt', // what libraries print
  commands: 'commands.jsonl', // of hosts that attached
  hosts: 'hosts', // folder: a file for each host that attached and is there
  checkpoints: 'checkpoints', // folder, unless train.environment.output_dir names another
  name: 'name.txt', // what the person calls the run, one line; optional
} as const;

export interface RunDirectory {
  readonly id: string;
  readonly directory: string;
}

/** `20261124-093012-yoda`: sorts by time, readable, no character that a file system refuses. */
export function runName(recipeName: string, startedAt: Date): string {
  const day = `${digits(startedAt.getFullYear(), 4)}${digits(startedAt.getMonth() + 1)}${digits(startedAt.getDate())}`;
  const time = `${digits(startedAt.getHours())}${digits(startedAt.getMinutes())}${digits(startedAt.getSeconds())}`;
  const name = recipeName.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
  return `${day}-${time}-${name || 'run'}`;
}

function digits(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

/** Makes the folder of a new run with the recipe as it runs. Two runs in one second get different names. */
export async function createRunDirectory(
  runsDirectory: string,
  recipe: ResolvedRecipe,
  recipeText: string,
  startedAt = new Date(),
): Promise<RunDirectory> {
  const base = runName(recipe.name, startedAt);
  try {
    await mkdir(runsDirectory, { recursive: true });
    const { id, directory } = await firstFree(runsDirectory, base);
    await writeFile(path.join(directory, RUN_FILES.recipe), recipeText);
    await writeFile(path.join(directory, RUN_FILES.config), `${JSON.stringify(recipe, null, 2)}\n`);
    return { id, directory };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      'runDirectory',
      message(
        'The run directory can’t be made in {0}: {1}. Choose another folder or free some space.',
        runsDirectory,
        reason,
      ),
      { cause: error },
    );
  }
}

async function firstFree(runsDirectory: string, base: string): Promise<RunDirectory> {
  for (let attempt = 1; ; attempt++) {
    const id = attempt === 1 ? base : `${base}-${attempt}`;
    const directory = path.join(runsDirectory, id);
    try {
      await mkdir(directory);
      return { id, directory };
    } catch (error) {
      // mkdir is atomic: whoever comes second takes the next name
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
