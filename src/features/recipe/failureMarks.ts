import type { FailedRun } from '../../core/run/failures/context';
import type { Failure } from '../../protocol/trainer';
import type { RecipeSource } from '../recipeSource';
import type { FailureMark } from './failureMark';

/** Where the last runs failed, by the form that a recipe is open in. */
export class FailureMarks {
  readonly #marks = new Map<string, { readonly text: string; readonly mark: FailureMark | null }>();

  async add(sources: readonly RecipeSource[], failure: Failure, run: FailedRun): Promise<void> {
    const { markFailure } = await import('./failureMark');
    for (const source of sources)
      this.#marks.set(source.key, { text: source.text, mark: markFailure(source, failure, run) });
  }

  /** As long as the recipe is what it was then. */
  of({ key, text }: RecipeSource): FailureMark | null {
    const last = this.#marks.get(key);
    if (last === undefined || last.text === text) return last?.mark ?? null;
    this.#marks.delete(key);
    return null;
  }
}
