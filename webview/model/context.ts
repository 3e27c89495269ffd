import type { ModelAsks } from '../../src/protocol/modelPanel';
import type { Tip } from '../shared/tip';
import type { Words } from '../shared/words';
import type { LoraChange } from './reckon';

/** What a person has set in the panel, which outlives the picture. */
export interface Choices {
  /** What the estimate is compared with: a GPU by its number, a size in GB, or what the recipe would take (null). */
  readonly compare: { readonly gpu: number } | { readonly gigabytes: number } | null;
}

/** What a part of the view may use. */
export interface ViewContext {
  readonly words: Words;
  readonly tip: Tip;
  /** Asks the extension; what it can't do is told in the panel. */
  readonly ask: <K extends keyof ModelAsks>(name: K, params: ModelAsks[K]['params']) => void;
  /** Counts with these values at once; they are written when nothing more comes, or now. */
  readonly change: (lora: LoraChange, when: 'soon' | 'now') => void;
  readonly choices: Choices;
  readonly choose: (choices: Partial<Choices>) => void;
  /** Draws again, after a person changed what the view keeps. */
  readonly redraw: () => void;
}
