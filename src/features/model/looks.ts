import type * as vscode from 'vscode';
import type { MemoryEstimate } from '../../protocol/model';
import type { ModelLook } from './look';
import { lookOf } from './lookOf';
import type { ModelServices } from './services';

interface Estimated {
  readonly look: ModelLook;
  readonly estimate: Promise<MemoryEstimate | null>;
}

interface Kept {
  /** What it was made of: the same things give the same look. */
  readonly of: readonly unknown[];
  readonly look: Promise<ModelLook | null>;
}

/** The look at each open recipe's model, made once for the tree, the recipe's lines and its problems. */
export class Looks {
  readonly #services: ModelServices;
  readonly #kept = new Map<string, Kept>();
  readonly #estimates = new Map<string, Estimated>();

  constructor(services: ModelServices) {
    this.#services = services;
  }

  of(recipe: vscode.Uri): Promise<ModelLook | null> {
    const key = recipe.toString();
    const of = this.#partsOf(recipe);
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.of.every((part, index) => part === of[index])) return kept.look;
    const look = lookOf(recipe, this.#services);
    this.#kept.set(key, { of, look });
    return look;
  }

  /** What a training of it takes; null where the worker can't say. */
  estimate(recipe: vscode.Uri, look: ModelLook): Promise<MemoryEstimate | null> {
    const key = recipe.toString();
    const before = this.#estimates.get(key);
    if (before?.look === look) return before.estimate;
    const { structure, recipe: values, machine, run } = look;
    const asked = { structure, recipe: values, machine, lengths: run?.lengths ?? null, levers: false };
    const estimate = this.#services.models.estimate(asked).then(
      (told) => told.estimate,
      () => null,
    );
    this.#estimates.set(key, { look, estimate });
    return estimate;
  }

  forget(recipe: vscode.Uri): void {
    this.#kept.delete(recipe.toString());
    this.#estimates.delete(recipe.toString());
  }

  #partsOf(recipe: vscode.Uri): readonly unknown[] {
    const { models, runOf } = this.#services;
    const { read, recipe: values } = models.stateOf(recipe);
    const run = runOf(recipe);
    return [read, values, models.gpus, run?.structure ?? null, run?.device ?? null, run?.lengths ?? null];
  }
}
