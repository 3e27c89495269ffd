import type { TrainerEvent } from '../../protocol/trainer';

/** Shows a run while it runs. */
export interface RunView {
  event(event: TrainerEvent): void;
  /** A line of what libraries print. */
  log(line: string): void;
  /** Nothing follows: what is drawn over goes away. */
  end(): void;
}
