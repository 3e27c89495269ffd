import type * as vscode from 'vscode';
import type { FailureContext } from '../../core/run/failures/entry';
import type { RunState } from '../../core/run/session';
import { contextOf } from '../../core/run/failures/context';
import type { WorkerClient } from '../../engine/worker/client';
import { isPlainObject } from '../../protocol/shape';
import type { ResolvedRecipe, TrainerEvent } from '../../protocol/trainer';

type Levers = FailureContext['levers'];

/**
 * What would take less memory in the run at work, by the estimate: looked for while the run begins, so that it is there
 * should memory run out. The worker needs up to a second for it, the extension host and the trainer nothing.
 */
export class RunLevers {
  readonly #worker: WorkerClient;
  readonly #log: vscode.LogOutputChannel;
  /** By recipe, for the run that the event runStarted with this time began. */
  readonly #found = new Map<string, { readonly began: number; readonly levers: Promise<Levers>; known: Levers }>();

  constructor(worker: WorkerClient, log: vscode.LogOutputChannel) {
    this.#worker = worker;
    this.#log = log;
  }

  /** After the event is part of the state. By the first step that needs the model, the device is known. */
  told({ type }: TrainerEvent, recipe: vscode.Uri, state: RunState): void {
    if (type !== 'stepStarted' || state.command === null || state.device === null) return;
    if (!state.command.steps.some((step) => step === 'train' || step === 'model')) return;
    const { t: began } = state.command;
    if (this.#found.get(recipe.toString())?.began === began) return;
    const entry = { began, levers: this.#look(state), known: null as Levers };
    this.#found.set(recipe.toString(), entry);
    void entry.levers.then((levers) => (entry.known = levers));
  }

  /** As far as they are known now. */
  known(recipe: vscode.Uri, { command }: RunState): Levers {
    const entry = this.#found.get(recipe.toString());
    return entry === undefined || entry.began !== command?.t ? null : entry.known;
  }

  /** Once they are known. Never rejects. */
  async settled(recipe: vscode.Uri, { command }: RunState): Promise<Levers> {
    const entry = this.#found.get(recipe.toString());
    return entry === undefined || entry.began !== command?.t ? null : entry.levers;
  }

  async #look(state: RunState): Promise<Levers> {
    const { lengths } = contextOf(state);
    const recipe = state.command?.recipe;
    if (!isResolved(recipe)) return null;
    try {
      const [{ recipeSchema }, { machineHere }] = await Promise.all([
        import('../../core/recipe/schema/recipe'),
        import('../../engine/model/machineHere'),
      ]);
      const full = recipeSchema.parse(recipe.sections);
      const read = await this.#worker.request('readModel', { recipe, online: false });
      if (read.kind === 'trouble') return null;
      const gpus = await this.#worker.request('readGpus', null);
      const machine = machineHere({ deviceMap: full.model.device_map, gpus, device: state.device });
      const facts = { structure: read.structure, recipe: full, machine, lengths, levers: true };
      return (await this.#worker.request('estimateMemory', facts)).levers;
    } catch (error) {
      // Without them the recipe alone tells what may help.
      this.#log.debug(`levers of ${recipe.name}: ${String(error)}`);
      return null;
    }
  }
}

function isResolved(recipe: unknown): recipe is ResolvedRecipe {
  return isPlainObject(recipe) && isPlainObject(recipe['sections']) && typeof recipe['recipeFile'] === 'string';
}
