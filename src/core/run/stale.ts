import type { StepName } from '../../protocol/trainer';

/** The text of each section by name, as far as the recipe has it. */
export type SectionTexts = Readonly<Partial<Record<StepName, string>>>;

/** For each step that ran to its end: the section texts up to and with its own, as they were when it ran. */
export type Ran = Readonly<Partial<Record<StepName, SectionTexts>>>;

/** `step` has run with these texts. */
export declare function withRan(ran: Ran, step: StepName, texts: SectionTexts): Ran;

/** `step` starts again: the trainer forgets what it and later steps had made. */
export declare function withoutFrom(ran: Ran, step: StepName): Ran;

/** The steps that ran and whose own section, or one above, has another text now. */
export declare function staleSteps(ran: Ran, texts: SectionTexts): ReadonlySet<StepName>;

/** What must run so that `wanted` is up to date: it, and all steps above it from the first that hasn't run or is stale. */
export declare function stepsToRun(ran: Ran, texts: SectionTexts, wanted: readonly StepName[]): readonly StepName[];
