import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { EventOf } from '../protocol/trainer';
import { readConfig } from './runConfig';
import { type PastRun, readRun, runIds } from './runHistory';

export interface ExportSource {
  /** Folder that PEFT reads. */
  readonly adapter: string;
  /** The run that made it; null where none is known. */
  readonly runDirectory: string | null;
}

const CONFIG = 'adapter_config.json';
const WEIGHTS = 'adapter_model.safetensors';

export async function holdsAdapter(folder: string): Promise<boolean> {
  return isFile(path.join(folder, CONFIG));
}

/** What a run saved, if the folder still holds it, else its last checkpoint; null where it left nothing. */
export async function adapterOfRun({ directory, state }: PastRun): Promise<ExportSource | null> {
  const saved = state.steps.save?.saved;
  if (saved && (await isStillThere(saved))) return { adapter: saved.directory, runDirectory: directory };
  for (const { path: checkpoint } of (state.steps.train?.checkpoints ?? []).toReversed())
    if ((await holdsAdapter(checkpoint)) && (await isFile(path.join(checkpoint, WEIGHTS))))
      return { adapter: checkpoint, runDirectory: directory };
  return null;
}

/** The run whose adapter or checkpoint lies in this folder: it knows how the base was loaded. */
export async function sourceOfFolder(folder: string, runsDirectory: string): Promise<ExportSource> {
  const ids = (await runIds(runsDirectory)).toReversed();
  const runs = [path.dirname(path.dirname(folder)), ...ids.map((id) => path.join(runsDirectory, id))];
  for (const run of runs) {
    const past = await readRun(run);
    if (past !== null && (await made(past, folder))) return { adapter: folder, runDirectory: run };
  }
  return { adapter: folder, runDirectory: null };
}

/** Beside the adapter that the recipe saves; a checkpoint's own folder belongs to its run. */
export async function exportFolder({ adapter, runDirectory }: ExportSource): Promise<string> {
  const recipe = runDirectory === null ? null : await readConfig(runDirectory);
  const named = recipe?.sections.save['output_dir'];
  const beside = recipe !== null && typeof named === 'string' ? path.resolve(recipe.baseDirectory, named) : adapter;
  return `${beside}-merged`;
}

async function made({ state }: PastRun, folder: string): Promise<boolean> {
  const checkpoints = state.steps.train?.checkpoints ?? [];
  const saved = state.steps.save?.saved;
  const here = await realpath(folder);
  for (const checkpoint of checkpoints) if ((await real(checkpoint.path)) === here) return true;
  return saved !== undefined && saved !== null && (await real(saved.directory)) === here && (await isStillThere(saved));
}

/** Runs of one recipe save to one folder: what lies there may be another run's. */
async function isStillThere({ directory, files }: EventOf<'saved'>): Promise<boolean> {
  const weights = files.find((file) => file.path === WEIGHTS);
  const place = path.join(directory, WEIGHTS);
  return weights !== undefined && (await isFile(place)) && (await sha256(place)) === weights.sha256;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

function real(folder: string): Promise<string | null> {
  return realpath(folder).catch(() => null);
}

function isFile(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isFile(),
    () => false,
  );
}
