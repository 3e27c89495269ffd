import type * as vscode from 'vscode';
import { machineOf } from '../../core/model/machine';
import type { ModelLook } from './look';
import type { ModelServices } from './services';

/** All that is told of a recipe's model now; null without a structure. What that takes is loaded with the first one. */
export async function lookOf(recipe: vscode.Uri, services: ModelServices): Promise<ModelLook | null> {
  const { lookAt } = await import('./look');
  // As it is now, after the waiting.
  const { read, recipe: values } = services.models.stateOf(recipe);
  if (read?.kind !== 'structure' || values === null) return null;
  const run = services.runOf(recipe);
  const machine = machineOf({
    deviceMap: values.model.device_map,
    gpus: services.models.gpus,
    device: run?.device ?? null,
    platform: process.platform,
    architecture: process.arch,
  });
  return lookAt({ structure: read.structure, source: read.source, recipe: values, machine, run });
}
