import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { NOTEBOOK_TYPE } from '../cellLanguages';
import { ModelCellStatus } from './cellStatus';
import { ModelLenses } from './codeLens';
import { ModelLines } from './lines';
import type { Looks } from './looks';
import type { ModelServices } from './services';

/** What stands beside the model and the lora section of a recipe, in both forms. */
export function registerLines(services: ModelServices, looks: Looks): vscode.Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  const lines = new ModelLines(looks, services);
  const { models } = services;
  store.add(models.onDidChangeGpus(() => changed.fire()));
  store.add(services.onDidChangeRun(() => changed.fire()));
  store.add(
    models.onDidChange((recipe) => {
      if (models.stateOf(recipe).recipe === null) looks.forget(recipe);
      changed.fire();
    }),
  );
  store.add(
    vscode.languages.registerCodeLensProvider(
      { language: 'yaml', pattern: '**/*.tune.yaml' },
      new ModelLenses(lines, changed.event),
    ),
  );
  const status = new ModelCellStatus(lines, changed.event);
  store.add(vscode.notebooks.registerNotebookCellStatusBarItemProvider(NOTEBOOK_TYPE, status));
  return store;
}
