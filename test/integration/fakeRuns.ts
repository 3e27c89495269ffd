// Run directories as trainers leave them, written by the test itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { readSettings } from '../../src/platform/settings';
import type { RunRow, RunsRow } from '../../src/features/runs/rows';
import type { RunsFeature } from '../../src/features/runs/register';
import { extension, RECIPE, until, workspaceFile } from './support';

export async function runsFeature(): Promise<RunsFeature> {
  // SAFETY: activate() of the extension under test returns this.
  const { runs } = (await extension().activate()) as { runs: RunsFeature };
  return runs;
}

/** Apart from the runs of other suites, which may live. (In a workspace that is not trusted the setting has no effect.) */
export async function useOwnRunsDirectory(): Promise<void> {
  await setRunsDirectory('runs-of-the-view');
}

export async function leaveOwnRunsDirectory(): Promise<void> {
  await removeRuns();
  await setRunsDirectory(undefined);
}

export async function removeRuns(): Promise<void> {
  await rm(runsDirectory(), { recursive: true, force: true });
}

function runsDirectory(): string {
  return readSettings(workspaceFile(RECIPE)).runsDirectory;
}

async function setRunsDirectory(value: string | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('tunebook');
  await configuration.update('runsDirectory', value, vscode.ConfigurationTarget.Workspace);
}

export interface FakeRun {
  readonly id: string;
  readonly recipe?: string;
  readonly events: readonly object[];
}

/** Ids begin with a time, as real ones do. The recipe as it ran is the sample's. */
export async function writeRun({ id, recipe = RECIPE, events }: FakeRun): Promise<string> {
  const directory = path.join(runsDirectory(), id);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'recipe.tune.yaml'), await readFile(workspaceFile(RECIPE).fsPath));
  const config = path.join(directory, 'config.json');
  await writeFile(config, JSON.stringify({ recipeFile: workspaceFile(recipe).fsPath }));
  // as of long ago: this run does not begin just now
  await utimes(config, 1, 1);
  if (events.length > 0) await tell(directory, ...events);
  return directory;
}

/** Adds events to a run's log. Times are of an hour ago, a second apart. */
export async function tell(directory: string, ...events: readonly object[]): Promise<void> {
  const begin = Date.now() / 1000 - 3600;
  const lines = events.map((event, seq) => `${JSON.stringify({ ...event, t: begin + seq, seq })}\n`);
  await appendFile(path.join(directory, 'events.jsonl'), lines.join(''));
}

export const hello = (pid = 999_999_999): object => ({
  type: 'hello',
  protocol: 1,
  trainer: 'x',
  python: '3',
  versions: {},
  pid,
});

export function trains(trainStep: number, loss: number): readonly object[] {
  const training = { totalSteps: 270, epochs: 1, rows: 1, batchSize: 1, gradientAccumulationSteps: 1, worldSize: 1 };
  const measured = {
    learningRate: 1,
    gradNorm: 1,
    evalLoss: null,
    tokensPerSecond: 1,
    memoryBytes: 1,
    etaSeconds: 120,
  };
  return [
    { type: 'runStarted', steps: ['train'], recipeText: null, recipe: null },
    { type: 'stepStarted', step: 'train' },
    { ...training, type: 'trainStarted', step: 'train', resumedFrom: null },
    { ...measured, type: 'metrics', step: 'train', epoch: 1, trainStep, loss },
  ];
}

export const ENDS: readonly object[] = [
  { type: 'stepFinished', step: 'train', durationMs: 1 },
  { type: 'runFinished' },
  { type: 'bye', reason: 'shutdown' },
];

export const FAILS: readonly object[] = [
  {
    type: 'stepFailed',
    step: 'train',
    failure: { kind: 'diskFull', message: 'No space left on device', recipePath: [], facts: {}, traceback: null },
  },
  { type: 'runFinished' },
  { type: 'bye', reason: 'shutdown' },
];

/** A process that the system takes for the trainer of this run. */
export function trainerOf(directory: string): ChildProcess {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const args = ['-e', 'setTimeout(() => {}, 600_000)', '--', '--run-dir', directory];
  return spawn(process.execPath, args, { env, stdio: 'ignore' });
}

/** A trainer that another program has started: a fake one, whose model step goes on until it is told to stop. */
export function startedElsewhere(directory: string): ChildProcess {
  const source = path.join(extension().extensionPath, 'test', 'fixtures', 'fakeTrainer');
  const env = { ...process.env, PYTHONPATH: source, FAKE_TRAINER: 'attachable' };
  const trainer = spawn('python3', ['-m', 'tunebook_trainer', '--run-dir', directory], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    // a group of its own, as a trainer has
    detached: true,
  });
  const recipe = { sections: { model: { model_name_or_path: 'stops' } } };
  trainer.stdin.write(`${JSON.stringify({ type: 'run', steps: ['model'], recipe })}\n`);
  return trainer;
}

export async function rowOf(directory: string): Promise<RunRow> {
  const { tree } = await runsFeature();
  return until(`a row of ${directory}`, () => tree.rowOf(directory));
}

export async function childrenOf(row: RunsRow): Promise<readonly RunsRow[]> {
  const { tree } = await runsFeature();
  return tree.getChildren(row);
}
