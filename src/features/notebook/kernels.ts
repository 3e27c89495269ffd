import * as vscode from 'vscode';
import { type FailedRun, failedRun } from '../../core/run/failures/context';
import type { Failure, StepName } from '../../protocol/trainer';
import { CELL_LANGUAGES, NOTEBOOK_TYPE, stepOf } from '../cellLanguages';
import { isRecipeNotebook } from '../recipeCells';
import { BoundNotebooks } from './boundNotebooks';
import { Kernel } from './kernel';
import type { KernelServices } from './kernelServices';

export interface RecipeFailure {
  readonly recipe: vscode.Uri;
  readonly failure: Failure;
  readonly run: FailedRun;
}

/** The controller of recipe notebooks, with one kernel for each recipe that was run. */
export class Kernels implements vscode.Disposable {
  readonly #services: KernelServices;
  readonly #controller: vscode.NotebookController;
  readonly #bound: BoundNotebooks;
  readonly #kernels = new Map<string, Kernel>();
  readonly #changed = new vscode.EventEmitter<Kernel>();
  readonly #failed = new vscode.EventEmitter<RecipeFailure>();
  readonly #progressed = new vscode.EventEmitter<Kernel>();
  readonly onDidChange = this.#changed.event;
  readonly onDidProgress = this.#progressed.event;
  readonly onDidFail = this.#failed.event;
  readonly #subscriptions: vscode.Disposable;

  constructor(services: KernelServices, mayRun: () => Promise<boolean>) {
    this.#services = services;
    this.#controller = vscode.notebooks.createNotebookController(
      'tunebook-trainer',
      NOTEBOOK_TYPE,
      vscode.l10n.t('Tunebook Trainer'),
    );
    this.#controller.supportedLanguages = [...CELL_LANGUAGES, 'yaml'];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.executeHandler = async (cells, notebook) => {
      if (await mayRun()) await this.#execute(cells, notebook);
    };
    this.#controller.interruptHandler = (notebook) => this.get(notebook.uri)?.interrupt();
    this.#bound = new BoundNotebooks(this.#controller);
    this.#subscriptions = vscode.Disposable.from(
      this.#bound,
      this.#bound.onDidBind((notebook) => this.get(notebook.uri)?.open(notebook)),
      vscode.window.onDidChangeVisibleNotebookEditors((editors) => {
        for (const { notebook } of editors) this.#show(this.get(notebook.uri));
      }),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.get(notebook.uri)?.close()),
    );
  }

  get(recipe: vscode.Uri | null): Kernel | null {
    return this.#kernels.get(recipe?.toString() ?? '') ?? null;
  }

  get all(): readonly Kernel[] {
    return [...this.#kernels.values()];
  }

  /** Takes up a trainer of this recipe that lives already. */
  async adopt(recipe: vscode.Uri, runDirectory: string): Promise<void> {
    const kernel = this.#kernelOf(recipe);
    await kernel.adopt(runDirectory);
    this.#show(kernel);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const kernel of this.all) kernel.dispose();
    this.#controller.dispose();
    this.#changed.dispose();
    this.#progressed.dispose();
    this.#failed.dispose();
  }

  async #execute(cells: readonly vscode.NotebookCell[], notebook: vscode.NotebookDocument): Promise<void> {
    const steps = cells.map(({ document }) => stepOf(document.getText()));
    const wanted = steps.filter((step): step is StepName => step !== null);
    for (const [index, cell] of cells.entries()) if (steps[index] === null) await this.#refuse(cell);
    if (wanted.length === 0) return;
    const kernel = this.#kernelOf(notebook.uri);
    kernel.open(notebook);
    await kernel.run(wanted);
  }

  /** What the kernel has stands in the notebook's cells, as soon as the editor lets it. */
  #show(kernel: Kernel | null): void {
    if (kernel === null || kernel.state.hello === null) return;
    const recipe = kernel.recipe.toString();
    const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.toString() === recipe);
    if (notebook === undefined || !isRecipeNotebook(notebook)) return;
    if (this.#bound.has(notebook)) kernel.open(notebook);
    // Refused: the cells show nothing until one is run.
    else this.#bound.bind(notebook).catch((error: unknown) => this.#services.log.warn(String(error)));
  }

  async #refuse(cell: vscode.NotebookCell): Promise<void> {
    const execution = this.#controller.createNotebookCellExecution(cell);
    execution.start(Date.now());
    const error = new Error(
      vscode.l10n.t('A cell begins with one of the sections model, lora, data, tokenizer, train, generate, save.'),
    );
    error.name = vscode.l10n.t('This cell is no section of a recipe');
    error.stack = '';
    await execution.replaceOutput(new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.error(error)]));
    execution.end(false, Date.now());
  }

  async #tellFailure({ recipe, state }: Kernel, failure: Failure): Promise<void> {
    const levers = failure.kind === 'outOfMemory' ? await this.#services.levers.settled(recipe, state) : null;
    this.#failed.fire({ recipe, failure, run: failedRun(state, failure, levers) });
  }

  #kernelOf(recipe: vscode.Uri): Kernel {
    const existing = this.get(recipe);
    if (existing !== null) return existing;
    const kernel = new Kernel(recipe, this.#controller, this.#services);
    kernel.onDidChange(() => this.#changed.fire(kernel));
    kernel.onDidProgress(() => this.#progressed.fire(kernel));
    kernel.onDidFail((failure) => void this.#tellFailure(kernel, failure));
    this.#kernels.set(recipe.toString(), kernel);
    this.#changed.fire(kernel);
    return kernel;
  }
}
