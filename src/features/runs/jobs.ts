import * as vscode from 'vscode';
import type { Job } from '../job';
import { nameOf } from './runLabel';
import type { Run, Runs } from './runs';
import type { RunServices } from './services';

/** What is at work: in this window's notebooks, then what another window or the command line has started. */
export function jobsOf(runs: Runs, { jobs, trainerOf }: Pick<RunServices, 'jobs' | 'trainerOf'>): readonly Job[] {
  const others = runs.all.filter(
    ({ summary, directory }) => summary.status === 'running' && trainerOf(directory) === null,
  );
  return [...jobs(), ...others.map(jobOf)];
}

function jobOf(run: Run): Job {
  const { summary, recipeFile, directory, state } = run;
  const isTraining = state.current === 'train';
  return {
    recipe: recipeFile === null ? null : vscode.Uri.file(recipeFile),
    runDirectory: directory,
    inNotebook: false,
    name: nameOf(run),
    step: state.current,
    trainStep: isTraining ? summary.trainStep : null,
    totalSteps: isTraining ? summary.totalSteps : null,
    loss: summary.loss,
    etaSeconds: summary.etaSeconds,
  };
}
