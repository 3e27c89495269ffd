import type * as vscode from 'vscode';
import { machineHere } from '../../engine/model/machineHere';
import type { ModelLook } from './look';
import type { ModelServices } from './services';

/** All that is told of a recipe's model now; null without a structure. What that takes is loaded with the first one. */
export async function lookOf(recipe: vscode.Uri, services: ModelServices): Promise<ModelLook | null> {
  const { lookAt } = await import('./look');
  // As it is now, after the waiting.
  const { read, recipe: values } = services.models.stateOf(recipe);
  if (read?.kind !== 'structure' || values === null) return null;
  const run = services.runOf(recipe);
  const machine = machineHere({
    deviceMap: values.model.device_map,
    gpus: services.models.gpus,
    device: run?.device ?? null,
  });
  return lookAt({ structure: read.structure, source: read.source, recipe: values, machine, run });
}
