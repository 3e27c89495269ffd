/** An adapter that a run has saved, as features hand it to each other. */
export interface SavedAdapter {
  readonly folder: string;
  /** The run directory. */
  readonly runDirectory: string;
  /** As a person named the run, or the recipe's name. */
  readonly name: string;
  /** Tells it from others of the same name. */
  readonly label: string;
  readonly description: string;
}
