import type * as vscode from 'vscode';
import type { ModelLook } from './look';
import { lookOf } from './lookOf';
import type { ModelServices } from './services';

interface Kept {
  /** What it was made of: the same things give the same look. */
  readonly of: readonly unknown[];
  readonly look: Promise<ModelLook | null>;
}

/** The look at each open recipe's model, made once for the tree, the recipe's lines and its problems. */
export class Looks {
  readonly #services: ModelServices;
  readonly #kept = new Map<string, Kept>();

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

  forget(recipe: vscode.Uri): void {
    this.#kept.delete(recipe.toString());
  }

  #partsOf(recipe: vscode.Uri): readonly unknown[] {
    const { models, runOf } = this.#services;
    const { read, recipe: values } = models.stateOf(recipe);
    const run = runOf(recipe);
    return [read, values, models.gpus, run?.structure ?? null, run?.device ?? null, run?.lengths ?? null];
  }
}
