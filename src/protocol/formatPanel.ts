/** "Format as chat" between its panel and the extension. The extension holds the job: a hidden panel is gone, the job is not. */
import type { Message } from '../common/message';
import type { DatasetPreview, FormatProgress, FormatReport, Mapping } from './dataset';

/** How the conversion of this file ended. */
export type FormatEnd =
  | { readonly kind: 'done'; readonly report: FormatReport }
  /** Nothing was written. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: Message }
  /** Nothing was done: the target is there already. `free`: a name that isn't taken. */
  | { readonly kind: 'exists'; readonly target: string; readonly free: string };

export interface FormatSnapshot {
  /** Without its folder. */
  readonly name: string;
  readonly path: string;
  /** As a person would write it: a name beside the source. */
  readonly target: string;
  /** Whether the editor holds changes that aren't on the disk, where rows are read from. */
  readonly unsaved: boolean;
  /** What became of the conversion that was started last; null where none was. */
  readonly job: { readonly kind: 'running'; readonly progress: FormatProgress | null } | FormatEnd | null;
}

/** What the panel asks. */
export interface FormatPanelCalls {
  readonly ready: { readonly params: null; readonly result: FormatSnapshot };
  /** mapping null: the one that fits best. */
  readonly preview: { readonly params: { readonly mapping: Mapping | null }; readonly result: DatasetPreview };
  /** Lets the person choose another place for the result; null: they did not. */
  readonly chooseTarget: { readonly params: { readonly target: string }; readonly result: string | null };
  readonly format: {
    readonly params: { readonly mapping: Mapping; readonly target: string; readonly overwrite: boolean };
    readonly result: FormatEnd;
    readonly progress: FormatProgress;
  };
  /** The end of a conversion that an earlier life of the panel started. */
  readonly follow: { readonly params: null; readonly result: FormatEnd | null; readonly progress: FormatProgress };
  readonly cancelFormat: { readonly params: null; readonly result: null };
  readonly openSourceLine: { readonly params: { readonly line: number }; readonly result: null };
  readonly openResult: { readonly params: { readonly file: 'target' | 'problems' }; readonly result: null };
  /** The recipe that uses the result now; null where none was chosen. */
  readonly useInRecipe: { readonly params: null; readonly result: { readonly recipe: string } | null };
  readonly formatAnother: { readonly params: null; readonly result: null };
}
