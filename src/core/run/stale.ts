import { type StepName, STEPS } from '../../protocol/trainer';

/** The text of each section by name, as far as the recipe has it. */
export type SectionTexts = Readonly<Partial<Record<StepName, string>>>;

/** For each step that ran to its end: the section texts as they were when it ran. */
export type Ran = Readonly<Partial<Record<StepName, SectionTexts>>>;

/** `step` has run with these texts. */
export function withRan(ran: Ran, step: StepName, texts: SectionTexts): Ran {
  return { ...ran, [step]: texts };
}

/** `step` starts again: the trainer forgets what it and later steps had made. */
export function withoutFrom(ran: Ran, step: StepName): Ran {
  const kept: Partial<Record<StepName, SectionTexts>> = {};
  for (const before of STEPS.slice(0, STEPS.indexOf(step))) {
    const texts = ran[before];
    if (texts !== undefined) kept[before] = texts;
  }
  return kept;
}

/** The steps that ran and whose own section, or one above, has another text now. */
export function staleSteps(ran: Ran, texts: SectionTexts): ReadonlySet<StepName> {
  return new Set(STEPS.filter((step) => ran[step] !== undefined && isStale(ran[step], step, texts)));
}

/** What must run so that `wanted` is up to date: it, and all steps above it from the first that hasn't run or is stale. */
export function stepsToRun(ran: Ran, texts: SectionTexts, wanted: readonly StepName[]): readonly StepName[] {
  const last = Math.max(...wanted.map((step) => STEPS.indexOf(step)));
  const first = STEPS.findIndex((step) => {
    const before = ran[step];
    return wanted.includes(step) || before === undefined || isStale(before, step, texts);
  });
  return STEPS.slice(first, last + 1);
}

function isStale(before: SectionTexts, step: StepName, now: SectionTexts): boolean {
  return STEPS.slice(0, STEPS.indexOf(step) + 1).some((name) => essence(before[name]) !== essence(now[name]));
}

/**
 * Line ends, space at the end, and comments above the section change nothing (a file has those in a cell of their own); a
 * section that isn't there is all defaults.
 */
function essence(text: string | undefined): string {
  return (text ?? '')
    .replaceAll(/[ \t]*\r?\n/g, '\n')
    .replace(/^(?:[ \t]*(?:#.*)?\n)+/, '')
    .trimEnd();
}
