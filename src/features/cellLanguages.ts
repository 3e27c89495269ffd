import { STEPS, type StepName } from '../protocol/trainer';

export const NOTEBOOK_TYPE = 'tunebook-recipe';

/** Each section is a cell in a language of its own, so that its name stands under the cell and features know what is meant. */
export function languageOf(section: string): string {
  const step = STEPS.find((name) => name === section);
  return step === undefined ? 'yaml' : `tune-${step}`;
}

export const CELL_LANGUAGES: readonly string[] = STEPS.map(languageOf);

const FIRST_KEY = /^(?:[ \t]*(?:#.*)?\r?\n)*["']?([A-Za-z_]\w*)["']?[ \t]*:/;

/** The section that a cell's text is about. The text decides, not the cell's language: a person may paste any section. */
export function sectionOf(text: string): string | null {
  return FIRST_KEY.exec(text)?.[1] ?? null;
}

export function stepOf(text: string): StepName | null {
  const section = sectionOf(text);
  return STEPS.find((step) => step === section) ?? null;
}
