import type { Mapping } from '../../src/protocol/dataset';
import type { Words } from '../shared/words';
import type { Choice, State } from './state';

/** What a person can do. */
export interface Actions {
  choose(choice: Choice): void;
  change(mapping: Mapping): void;
  reset(): void;
  setTarget(target: string): void;
  chooseTarget(): void;
  convert(overwrite: boolean): void;
  cancel(): void;
  /** From the end of a conversion back to the mapping. */
  back(): void;
  retry(): void;
  openLine(line: number): void;
  openResult(file: 'target' | 'problems'): void;
  useInRecipe(): void;
  formatAnother(): void;
  unfold(key: string, whole: boolean): void;
  dismiss(): void;
}

/** What parts draw from. */
export interface View {
  readonly state: State;
  readonly words: Words;
  readonly actions: Actions;
}
