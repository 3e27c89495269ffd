import type { TokensAsks } from '../../src/protocol/tokenPanel';
import type { Tip } from '../shared/tip';
import type { Words } from '../shared/words';

/** What a part of the view may use. */
export interface ViewContext {
  readonly words: Words;
  readonly tip: Tip;
  /** Asks the extension; what it can't do is told in the view. */
  readonly ask: <K extends keyof TokensAsks>(name: K, params: TokensAsks[K]['params']) => void;
  /** Draws again, after a person changed what the view keeps. */
  redraw(): void;
}
