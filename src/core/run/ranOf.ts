import { STEPS } from '../../protocol/trainer';
import { splitRecipe } from '../recipe/cells';
import type { RunState } from './session';
import type { Ran, SectionTexts } from './stale';

/** What a run's trainer holds: the steps that it did, each with the recipe that it did it with. */
export function ranOf({ steps }: RunState): Ran {
  // Run All tells the same text at each step.
  const cut = new Map<string, SectionTexts>();
  const textsOf = (text: string): SectionTexts => {
    const texts = cut.get(text) ?? sectionTextsOf(text);
    cut.set(text, texts);
    return texts;
  };
  const ran: Partial<Record<(typeof STEPS)[number], SectionTexts>> = {};
  for (const step of STEPS) {
    const { status, recipeText = null } = steps[step] ?? {};
    if (status === 'done' && recipeText !== null) ran[step] = textsOf(recipeText);
  }
  return ran;
}

/** The text of each section in a recipe's text, as its cells have it; none where it can't be cut into cells. */
export function sectionTextsOf(text: string): SectionTexts {
  const split = splitRecipe(text, { file: '' });
  if (!split.ok) return {};
  const texts: Partial<Record<(typeof STEPS)[number], string>> = {};
  for (const cell of split.value.cells) {
    const step = STEPS.find((name) => cell.kind === 'section' && name === cell.section);
    if (step !== undefined) texts[step] ??= cell.text;
  }
  return texts;
}
