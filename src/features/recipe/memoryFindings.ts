import { fitOf } from '../../core/model/fit';
import { machineHere } from '../../engine/model/machineHere';
import { type MemoryFacts, memoryProblems } from '../../core/recipe/memoryProblems';
import type { Recipe } from '../../core/recipe/parse';
import type { RecipeProblem } from '../../core/recipe/problem';
import { fullRecipe } from '../../core/recipe/resolve';
import type { RecipeModels } from '../recipeModels';
import type { RecipeSource } from '../recipeSource';

/** What open recipes would take of this machine's GPU: the last look's findings stay until the next one is done. */
export class MemoryFindings {
  readonly #models: RecipeModels;
  readonly #found = new Map<string, MemoryFacts>();

  constructor(models: RecipeModels) {
    this.#models = models;
  }

  /** What the last look found, placed in the recipe's present text. */
  problems({ key }: RecipeSource, recipe: Recipe): readonly RecipeProblem[] {
    const facts = this.#found.get(key);
    return facts === undefined ? [] : memoryProblems(recipe, facts);
  }

  async look({ key, uri }: RecipeSource, recipe: Recipe): Promise<void> {
    const values = fullRecipe(recipe);
    const read = this.#models.readOf(uri, values.model);
    const machine = machineHere({
      deviceMap: values.model.device_map,
      gpus: this.#models.gpus,
      // what a trainer holds already is no reason to warn of its own recipe: the whole of the GPU counts
      device: null,
    });
    this.forget(key);
    if (read?.kind !== 'structure' || machine.gpu === null) return;
    const facts = { structure: read.structure, recipe: values, machine, lengths: null };
    try {
      const { estimate } = await this.#models.estimate({ ...facts, levers: false });
      if (fitOf(estimate, machine) !== 'no') return;
      const { levers } = await this.#models.estimate({ ...facts, levers: true });
      this.#found.set(key, { estimate, machine, levers });
    } catch {
      // The worker was ended: without an estimate nothing is said.
    }
  }

  forget(key: string): void {
    this.#found.delete(key);
  }
}
