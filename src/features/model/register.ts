import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { commands } from '../../platform/commands';
import { restorePanels } from '../../platform/webviewPanel';
import { LayerCommands } from './layerCommands';
import { Layers } from './layers';
import { layerOf } from './layersView';
import { registerLines } from './registerLines';
import { Looks } from './looks';
import { ModelPanel } from './panel';
import type { ModelServices } from './services';

/** What is told of a recipe's model beside the recipe: the tree of its layers, and its map with what it takes. */
export function registerModel(services: ModelServices, extensionUri: vscode.Uri): vscode.Disposable {
  const store = new DisposableStore();
  const looks = new Looks(services);
  const layers = store.add(new Layers(services, looks));
  store.add(registerLines(services, looks));
  const changes = new LayerCommands(layers);
  store.add(layers.onDidTick((ticked) => void changes.tick(ticked)));
  const panel = store.add(new ModelPanel(extensionUri, services));
  store.add(restorePanels('model', (recipe, restored) => panel.show(recipe, restored)));
  const handlers = {
    showModel: (argument?: unknown) =>
      panel.show(layerOf(argument) === null ? services.recipeInFront(argument) : layers.recipe),
    layersByKind: () => layers.lookBy('byKind'),
    layersByBlock: () => layers.lookBy('byBlock'),
    tickLayer: () => changes.tickFocused(),
    trainOnlyBlock: (row?: unknown) => changes.trainOnlyBlock(row),
    copyLayerName: (row?: unknown) => changes.copyName(row),
    readFromHub: async (argument?: unknown) => {
      const recipe = argument instanceof vscode.Uri ? argument : layers.recipe;
      if (recipe !== null) await services.models.readFromHub(recipe);
    },
  };
  for (const command of commands(handlers)) store.add(command);
  return store;
}
