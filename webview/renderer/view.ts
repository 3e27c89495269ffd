import type { TemplateResult } from 'lit';
import type { Disposable } from '../../src/common/disposable';
import type { RendererMessage, StepOutput } from '../../src/protocol/outputs';
import type { Words } from '../shared/words';
import type { Tip } from '../shared/tip';

/** What a view may use of the picture it is part of. */
export interface ViewContext {
  readonly words: Words;
  readonly tip: Tip;
  /** Null where nobody listens: actions are left out then. */
  readonly post: ((message: RendererMessage) => void) | null;
  /** Draws the picture again, after a person changed what the view keeps (a toggle, a selection). */
  redraw(): void;
}

/** Draws one kind of step. Keeps what the person has set while outputs come and go; outputs are complete each time. */
export interface StepView<O extends StepOutput> extends Disposable {
  render(output: O): TemplateResult;
}
