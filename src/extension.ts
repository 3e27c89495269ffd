import * as path from 'node:path';
import * as vscode from 'vscode';
import { EngineError } from './engine/engineError';
import { WorkerClient } from './engine/worker/client';
import { NOTEBOOK_TYPE } from './features/cellLanguages';
import { DatasetDiagnostics } from './features/data/diagnostics';
import type { Job } from './features/job';
import { type ModelFeature, registerModel } from './features/model/register';
import { registerCellStatusBar } from './features/notebook/cellStatusBar';
import { keepContexts } from './features/notebook/contexts';
import { jobOf } from './features/notebook/job';
import { modelRuns } from './features/notebook/modelRuns';
import { endUnseenTrainers } from './features/notebook/endUnseen';
import { Kernels } from './features/notebook/kernels';
import { openAsNotebook, openAsText, recipeInFront } from './features/notebook/openAs';
import { openRefusedAsText } from './features/notebook/refused';
import { predictBy } from './features/notebook/predict';
import { listenToRenderer } from './features/notebook/rendererMessages';
import { revealNotebook } from './features/notebook/reveal';
import { RecipeSerializer } from './features/notebook/serializer';
import { stopTraining } from './features/notebook/stop';
import { checkRecipeCommand } from './features/recipe/checkCommand';
import { RecipeDiagnostics } from './features/recipe/diagnostics';
import { registerLanguageFeatures } from './features/recipe/language';
import { RecipeModels } from './features/recipeModels';
import { showJobsInStatusBar } from './features/runs/jobStatusBar';
import { openRunFolder } from './features/runs/openRunFolder';
import { Tokens } from './features/tokens/tokens';
import { commands } from './platform/commands';
import { readSettings } from './platform/settings';
import { ensureTrusted } from './platform/trust';
import { restorePanels } from './platform/webviewPanel';
import { words } from './platform/words';

/** Builds the services, joins the features, registers everything. Nothing else happens here. */
export function activate(context: vscode.ExtensionContext): { readonly model: ModelFeature } {
  const log = vscode.window.createOutputChannel('Tunebook', { log: true });
  // What a start or a setup needs is loaded when it is asked for.
  const python = async () => new (await import('./features/setup/pythonSetup')).PythonSetup(context.extensionPath, log);
  const worker = new WorkerClient(path.join(context.extensionPath, 'dist', 'worker.js'));
  const models = new RecipeModels(worker);
  const kernels = new Kernels(
    {
      log,
      runsDirectory: (recipe) => readSettings(recipe).runsDirectory,
      readOf: (recipe, model) => models.readOf(recipe, model),
      engineFor: async (recipe) => (await python()).engineFor(recipe),
      predict: predictBy(worker, log),
      wordsOfError: (error) => (error instanceof EngineError ? words(error.words) : String(error)),
    },
    ensureTrusted,
  );
  const machineOf = (recipe: vscode.Uri) => kernels.get(recipe)?.state.device ?? null;
  const diagnostics = new RecipeDiagnostics(machineOf, models, worker, log);
  const tokens = new Tokens(context.extensionUri, {
    worker,
    trainerFor: async (recipe) => ((await ensureTrusted()) ? (await python()).trainerFor(recipe) : null),
  });
  const formatAsChat = async (file: unknown, panel: vscode.WebviewPanel | null = null) =>
    (await import('./features/data/formatCommand')).formatAsChat(context, worker, file, panel);
  const datasets = new DatasetDiagnostics(worker, log);
  const jobs = new vscode.EventEmitter<readonly Job[]>();
  const showJobs = (): void => jobs.fire(kernels.all.map(jobOf).filter((job) => job !== null));
  const showRunFolder = (recipe: vscode.Uri | null): Promise<void> =>
    openRunFolder(kernels.get(recipe)?.runDirectory ?? null, readSettings(recipe).runsDirectory);

  const modelServices = { models, recipeInFront, memento: context.workspaceState, ...modelRuns(kernels) };
  const model = registerModel(modelServices, context.extensionUri);

  context.subscriptions.push(
    log,
    kernels,
    worker,
    diagnostics,
    datasets,
    tokens,
    models,
    model,
    jobs,
    vscode.workspace.registerNotebookSerializer(NOTEBOOK_TYPE, new RecipeSerializer(() => openRefusedAsText(log)), {
      transientOutputs: true,
    }),
    restorePanels('format', formatAsChat),
    restorePanels('tokens', (recipe, panel) => tokens.show(recipe, panel)),
    registerCellStatusBar(kernels),
    registerLanguageFeatures(diagnostics, models),
    listenToRenderer(showRunFolder),
    keepContexts(kernels),
    endUnseenTrainers(kernels),
    showJobsInStatusBar(jobs.event),
    kernels.onDidChange(showJobs),
    kernels.onDidProgress(showJobs),
    kernels.onDidFail(({ recipe, failure }) => void diagnostics.showFailure(recipe, failure)),
    ...commands({
      start: async () => (await import('./features/setup/start')).start(context.extensionUri),
      setUpPython: async () => {
        if (await ensureTrusted()) await (await python()).setUp(recipeInFront());
      },
      stopTraining: (argument) => stopTraining(kernels, recipeInFront(argument)),
      restartTrainer: async (argument) => kernels.get(recipeInFront(argument))?.restart(),
      openAsText,
      openAsNotebook,
      showLog: () => log.show(),
      openRunFolder: (argument) => showRunFolder(recipeInFront(argument)),
      formatAsChat: (file) => formatAsChat(file),
      showTokens: (argument) => tokens.show(recipeInFront(argument)),
      checkDataset: async (file) => (await import('./features/data/diagnosticsCheck')).checkDataset(datasets, file),
      checkRecipe: (argument) => checkRecipeCommand(diagnostics, recipeInFront(argument)),
      revealNotebook: async (argument) => {
        const recipe = recipeInFront(argument);
        if (recipe !== null) await revealNotebook(recipe, kernels.get(recipe));
      },
    }),
  );
  return { model };
}
