import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { commands } from '../../platform/commands';
import { Layers } from './layers';
import type { ModelServices } from './services';

/** What is told of a recipe's model beside the recipe: the tree of its layers. */
export function registerModel(services: ModelServices): vscode.Disposable {
  const store = new DisposableStore();
  const layers = store.add(new Layers(services));
  const handlers = {
    layersByKind: () => layers.lookBy('byKind'),
    layersByBlock: () => layers.lookBy('byBlock'),
    readFromHub: async (argument?: unknown) => {
      const recipe = argument instanceof vscode.Uri ? argument : layers.recipe;
      if (recipe !== null) await services.models.readFromHub(recipe);
    },
  };
  for (const command of commands(handlers)) store.add(command);
  return store;
}
