import type * as vscode from 'vscode';
import type { RecipeSource } from '../recipeSource';
import type { Recipe } from '../../core/recipe/parse';
import { resolveRecipe } from '../../core/recipe/resolve';
import { tokenProblems, withTokenProblems } from '../../core/recipe/tokenProblems';
import type { RecipeProblem } from '../../core/recipe/problem';
import type { TokenFinding } from '../../protocol/tokenView';
import type { WorkerClient } from '../../engine/worker/client';

/** Enough to see what is wrong with a dataset's rows; the token view and `tunebook check` look at all of them. */
const ROWS = 5_000;
const SILENCE_MS = 20_000;

interface Look {
  readonly asked: AbortController;
  findings: readonly TokenFinding[];
}

/** What the tokens of open recipes show: the last look's findings stay until the next one is done. */
export class TokenFindings {
  readonly #worker: WorkerClient;
  readonly #log: vscode.LogOutputChannel;
  readonly #looks = new Map<string, Look>();

  constructor(worker: WorkerClient, log: vscode.LogOutputChannel) {
    this.#worker = worker;
    this.#log = log;
  }

  /** The recipe's own problems and what the last look found, placed in the recipe's present text. */
  added({ key }: RecipeSource, recipe: Recipe, own: readonly RecipeProblem[]): readonly RecipeProblem[] {
    return withTokenProblems(own, tokenProblems(recipe, this.#looks.get(key)?.findings ?? []));
  }

  /** Looks anew; an earlier look that is under way is given up. False: this one was given up itself. */
  async look({ key, uri }: RecipeSource, recipe: Recipe): Promise<boolean> {
    const before = this.#looks.get(key);
    before?.asked.abort();
    const look: Look = { asked: new AbortController(), findings: before?.findings ?? [] };
    this.#looks.set(key, look);
    const { signal } = look.asked;
    const params = { recipe: resolveRecipe(recipe, uri.fsPath), rows: ROWS };
    const ask = (): Promise<readonly TokenFinding[]> =>
      this.#worker.request('examineTokens', params, { signal, silenceMs: SILENCE_MS });
    try {
      // Once more: the worker may have been ended for something else that it did, and starts afresh.
      look.findings = await ask().catch((error: unknown) => {
        if (signal.aborted) throw error;
        return ask();
      });
    } catch (error) {
      // The token view, where someone looks at tokens, says why.
      if (!signal.aborted) {
        look.findings = [];
        this.#log.warn(`tokens of ${uri.fsPath}: ${String(error)}`);
      }
    }
    return !signal.aborted;
  }

  forget(key: string): void {
    this.#looks.get(key)?.asked.abort();
    this.#looks.delete(key);
  }
}
