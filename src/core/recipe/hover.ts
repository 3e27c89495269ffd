import type { Message } from '../../common/message';
import type { TextRange } from './problem';

/** What there is to say about one key. */
export interface KeyDocs {
  readonly path: readonly string[];
  readonly key: string;
  /** As a person writes it: "number > 0", "auto | float32 | bfloat16". */
  readonly type: string;
  /** As YAML; null where there is no default (the key is required). */
  readonly defaultText: string | null;
  readonly required: boolean;
  readonly description: Message;
  readonly docsUrl: string | null;
}

/** The docs of a section, group or key; null for a path the schema doesn't have. */
export declare function docsOf(path: readonly string[]): KeyDocs | null;

/** The docs of the key at an offset of a recipe's text (or of one section's text), and where that key stands. */
export declare function hoverAt(text: string, offset: number): (KeyDocs & { readonly range: TextRange }) | null;
