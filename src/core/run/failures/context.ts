import { isPlainObject } from '../../../protocol/shape';
import type { MemoryLever } from '../../../protocol/model';
import { type Failure, type ResolvedRecipe, type StepName, STEPS } from '../../../protocol/trainer';
import type { RunState } from '../session';
import type { FailureContext } from './entry';

/** What a run has told that makes fixes exact. levers: of the memory estimate, where one was made for this run. */
export function contextOf(run: RunState, levers: readonly MemoryLever[] | null = null): FailureContext {
  return {
    recipe: sectionsOf(run.command?.recipe),
    levers,
    lengths: run.steps.tokenizer?.tokenizer?.lengths ?? null,
  };
}

/** What is known of a failed run: the step that failed, and what makes the fixes exact. */
export interface FailedRun {
  readonly step: StepName | null;
  readonly context: FailureContext;
}

export function failedRun(run: RunState, failure: Failure, levers: readonly MemoryLever[] | null): FailedRun {
  const step = STEPS.find((name) => run.steps[name]?.failure === failure) ?? null;
  return { step, context: contextOf(run, levers) };
}

/** The event keeps the recipe as the command brought it: what isn't one is no help. */
function sectionsOf(recipe: unknown): ResolvedRecipe['sections'] | null {
  const sections = isPlainObject(recipe) ? recipe['sections'] : null;
  if (!isPlainObject(sections) || !STEPS.every((step) => isPlainObject(sections[step]))) return null;
  // SAFETY: each step's section is a mapping, checked above.
  return sections as ResolvedRecipe['sections'];
}
