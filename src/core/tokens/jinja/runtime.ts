import type { Budget } from './budget';
import type { Args, Value } from './values';

/** What filters and tests may ask of the renderer. */
export interface Runtime {
  readonly budget: Budget;
  /** The value comes first among the arguments. */
  filter(name: string, args: Args): Value;
  test(name: string, args: Args): boolean;
}

export type Filter = (args: Args, runtime: Runtime) => Value;
