import type { Message } from '../../common/message';
import type { TextRange } from './problem';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value';
  /** What to write in place of `replace`; a key comes with its colon. */
  readonly insertText: string;
  readonly replace: TextRange;
  /** Type of a key; empty for a value. */
  readonly detail: string;
  readonly description: Message | null;
}

/** What may be written at an offset of a recipe's text (or of one section's text): keys not yet there, allowed values. */
export declare function completeAt(text: string, offset: number): readonly Completion[];
