import { STEPS, type StepName } from '../../protocol/trainer';

export const NOTEBOOK_TYPE = 'tunebook-recipe';

const PREFIX = 'tune-';

/** Each section is a cell in a language of its own, so that its name stands under the cell and features know what is meant. */
export function languageOf(step: StepName): string {
  return PREFIX + step;
}

export function stepOf(languageId: string): StepName | null {
  return STEPS.find((step) => languageOf(step) === languageId) ?? null;
}

export const CELL_LANGUAGES: readonly string[] = STEPS.map(languageOf);
