import type { ModelTrouble } from '../../protocol/model';

/** Thrown below readModel, which turns it into its answer. */
export class ModelTroubleError extends Error {
  readonly trouble: ModelTrouble;

  constructor(trouble: ModelTrouble, options?: ErrorOptions) {
    super(trouble.message.text, options);
    this.name = 'ModelTroubleError';
    this.trouble = trouble;
  }
}
