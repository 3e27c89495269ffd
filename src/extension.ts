import * as path from 'node:path';
import * as vscode from 'vscode';
import { EngineError } from './engine/engineError';
import { WorkerClient } from './engine/worker/client';
import { NOTEBOOK_TYPE } from './features/cellLanguages';
import { type CurvesFeature, registerCurves } from './features/curves/register';
import { DatasetDiagnostics } from './features/data/diagnostics';
import { type HubFeature, registerHub } from './features/hub/register';
import { type ModelFeature, registerModel } from './features/model/register';
import { registerCellStatusBar } from './features/notebook/cellStatusBar';
import { keepContexts } from './features/notebook/contexts';
import { kernelJobs } from './features/notebook/jobs';
import { modelRuns } from './features/notebook/modelRuns';
import { Kernels } from './features/notebook/kernels';
import type { KernelServices } from './features/notebook/kernelServices';
import { letGoOfUnseenTrainers } from './features/notebook/letGoUnseen';
import { openAsNotebook, openAsText, recipeInFront } from './features/notebook/openAs';
import { openRefusedAsText } from './features/notebook/refused';
import { memoryServices } from './features/notebook/predict';
import { listenToRenderer } from './features/notebook/rendererMessages';
import { revealNotebook } from './features/notebook/reveal';
import { RecipeSerializer } from './features/notebook/serializer';
import { stopTraining } from './features/notebook/stop';
import { TakeUpTrainers } from './features/notebook/takeUpTrainers';
import { checkRecipeCommand } from './features/recipe/checkCommand';
import { RecipeDiagnostics } from './features/recipe/diagnostics';
import { registerLanguageFeatures } from './features/recipe/language';
import { RecipeModels } from './features/recipeModels';
import { openRunFolder } from './features/runs/openRunFolder';
import { registerRuns, type RunsFeature } from './features/runs/register';
import { Tokens } from './features/tokens/tokens';
import { commands } from './platform/commands';
import { readSettings } from './platform/settings';
import { ensureTrusted } from './platform/trust';
import { restorePanels } from './platform/webviewPanel';
import { words } from './platform/words';

/** Builds the services, joins the features, registers everything. Nothing else happens here. */
export function activate(context: vscode.ExtensionContext): {
  readonly model: ModelFeature;
  readonly runs: RunsFeature;
  readonly hub: HubFeature;
} {
  const log = vscode.window.createOutputChannel('Tunebook', { log: true });
  // What a start or a setup needs is loaded when it is asked for.
  const python = async () => new (await import('./features/setup/pythonSetup')).PythonSetup(context.extensionPath, log);
  const worker = new WorkerClient(path.join(context.extensionPath, 'dist', 'worker.js'));
  const models = new RecipeModels(worker);
  const kernelServices: KernelServices = {
    log,
    runsDirectory: (recipe) => readSettings(recipe).runsDirectory,
    liveRuns: async (directory, fits) => (await import('./engine/liveRuns')).liveRuns(directory, fits),
    attach: async (runDirectory) => (await import('./engine/python/attach')).attachTrainer(runDirectory),
    readOf: (recipe, model) => models.readOf(recipe, model),
    engineFor: async (recipe) => (await python()).engineFor(recipe),
    ...memoryServices(worker, log),
    wordsOfError: (error) => (error instanceof EngineError ? words(error.words) : String(error)),
  };
  const kernels = new Kernels(kernelServices, ensureTrusted);
  const machineOf = (recipe: vscode.Uri) => kernels.get(recipe)?.state.device ?? null;
  const diagnostics = new RecipeDiagnostics(machineOf, models, worker, log);
  const trainerFor = async (recipe: vscode.Uri) =>
    (await ensureTrusted()) ? (await python()).trainerFor(recipe) : null;
  const tokens = new Tokens(context.extensionUri, { worker, trainerFor });
  const formatAsChat = async (file: unknown, panel: vscode.WebviewPanel | null = null) =>
    (await import('./features/data/formatCommand')).formatAsChat(context, worker, file, panel);
  const datasets = new DatasetDiagnostics(worker, log);
  const showRunFolder = (recipe: vscode.Uri | null): Promise<void> =>
    openRunFolder(kernels.get(recipe)?.runDirectory ?? null, readSettings(recipe).runsDirectory);

  const modelServices = { models, recipeInFront, memento: context.workspaceState, ...modelRuns(kernels) };
  const model = registerModel(modelServices, context.extensionUri);
  const curves: CurvesFeature = registerCurves({ pickRuns: (shown) => runs.actions.pick(shown) }, context.extensionUri);
  const showCurves = (directories: readonly string[]) => curves.show(directories);
  const runs = registerRuns({ log, trainerFor, showCurves, ...kernelJobs(kernels) });

  const hub = registerHub(runs, context.secrets);

  context.subscriptions.push(log, kernels, worker, diagnostics, datasets, tokens, models, model, runs, curves, hub);
  context.subscriptions.push(
    vscode.workspace.registerNotebookSerializer(NOTEBOOK_TYPE, new RecipeSerializer(() => openRefusedAsText(log)), {
      transientOutputs: true,
    }),
    restorePanels('format', formatAsChat),
    restorePanels('tokens', (recipe, panel) => tokens.show(recipe, panel)),
    registerCellStatusBar(kernels),
    registerLanguageFeatures(diagnostics, models),
    listenToRenderer(showRunFolder, (recipe) => kernels.get(recipe)?.runDirectory ?? null),
    keepContexts(kernels),
    letGoOfUnseenTrainers(kernels),
    new TakeUpTrainers(kernels, kernelServices),
    kernels.onDidFail(({ recipe, failure, run }) => void diagnostics.showFailure(recipe, failure, run)),
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
  return { model, runs, hub };
}
