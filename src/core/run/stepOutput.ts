import type { OutputOf } from '../../protocol/outputs';
import type { StepName } from '../../protocol/trainer';
import type { RunState } from './session';

/** How people are spoken to. `translations`: English → their language, as in l10n/bundle.l10n.<language>.json. */
export interface Words {
  /** BCP 47, lower case: "en", "zh-cn". */
  readonly language: string;
  readonly translations: Readonly<Record<string, string>>;
}

/** The complete picture of one step. */
export declare function stepOutput<S extends StepName>(run: RunState, step: S, words: Words): OutputOf<S>;
