import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { commands } from '../../platform/commands';
import { ensureTrusted } from '../../platform/trust';
import { restorePanels } from '../../platform/webviewPanel';
import { LayerCommands } from './layerCommands';
import { Layers } from './layers';
import { layerOf } from './layersView';
import { registerLines } from './registerLines';
import { Looks } from './looks';
import { ModelPanel } from './panel';
import type { ModelServices } from './services';

/** The tree and what a person does in it: what the editor's API lets no other extension see, tests among them. */
export interface ModelFeature extends vscode.Disposable {
  readonly layers: Layers;
  readonly changes: LayerCommands;
}

/** What is told of a recipe's model beside the recipe: the tree of its layers, and its map with what it takes. */
export function registerModel(services: ModelServices, extensionUri: vscode.Uri): ModelFeature {
  const store = new DisposableStore();
  const looks = new Looks(services);
  const layers = store.add(new Layers(services, looks));
  store.add(registerLines(services, looks));
  const changes = new LayerCommands(layers);
  store.add(layers.onDidTick((ticked) => void changes.tick(ticked)));
  // What its trainer has loaded is on this machine now.
  store.add(services.onDidChangeRun((recipe) => void readLoaded(recipe, services)));
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
      if (recipe !== null && (await ensureTrusted(hubReason()))) await services.models.readFromHub(recipe);
    },
  };
  for (const command of commands(handlers)) store.add(command);
  return { layers, changes, dispose: () => store.dispose() };
}

async function readLoaded(recipe: vscode.Uri, { models, runOf }: ModelServices): Promise<void> {
  const { read, reading } = models.stateOf(recipe);
  if (runOf(recipe)?.structure != null && read?.kind === 'trouble' && !reading) await models.readAgain(recipe);
}

function hubReason(): string {
  return vscode.l10n.t('The recipe names what is read from the Hub, so that needs a trusted workspace.');
}
