import { isPlainObject } from '../../../protocol/shape';
import { type StepName, STEPS } from '../../../protocol/trainer';
import { parseRecipe } from '../../recipe/parse';
import { fullRecipe } from '../../recipe/resolve';
import type { ComparableRun } from '../compareRuns';

export interface RanRecipe {
  /** Each as its step ran it, with every default; null where that is told nowhere. */
  readonly sections: Readonly<Record<StepName, unknown>> | null;
  readonly recipeFile: string | null;
  /** Where its relative paths start; null where that isn't known. */
  readonly baseDirectory: string | null;
}

/**
 * The recipe as it ran. What the trainer was given counts before the text: defaults were those of its time. A notebook runs
 * cell by cell, with changes between: a step that ran with another text than the last command's has its values from that one.
 */
export function ranRecipe({ state, config, recipeText }: ComparableRun): RanRecipe {
  const last = [state.command?.recipe, config].find(isResolved);
  const lastText = state.command?.recipeText ?? recipeText;
  const fallback = last?.['sections'] ?? sectionsOf(lastText);
  const texts = new Map<string, unknown>();
  const sectionOf = (step: StepName): unknown => {
    const text = state.steps[step]?.recipeText ?? null;
    if (text !== null && text !== lastText) {
      if (!texts.has(text)) texts.set(text, sectionsOf(text));
      const sections = texts.get(text);
      if (isPlainObject(sections)) return sections[step];
    }
    return isPlainObject(fallback) ? fallback[step] : undefined;
  };
  const { model, lora, data, tokenizer, train, generate, save } = Object.fromEntries(
    STEPS.map((step) => [step, sectionOf(step)]),
  );
  const sections = { model, lora, data, tokenizer, train, generate, save };
  return {
    sections: Object.values(sections).some(isPlainObject) ? sections : null,
    recipeFile: textOf(last?.['recipeFile']),
    baseDirectory: textOf(last?.['baseDirectory']),
  };
}

function isResolved(value: unknown): value is Record<string, unknown> {
  return isPlainObject(value) && isPlainObject(value['sections']);
}

function sectionsOf(text: string | null): unknown {
  const parsed = text === null ? null : parseRecipe(text, { file: '' });
  return parsed?.ok ? fullRecipe(parsed.value) : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
