/** Problems of a dataset file as its editor shows them. */
import type { Message } from '../common/message';
import type { ResolvedRecipe } from './trainer';

export const DATASET_PROBLEM_KINDS = [
  'badJson',
  'notObject',
  'missingColumn',
  'wrongShape', // a value that is of another kind than the trainer reads
  'encoding',
  'unknownRole',
  'rolesDontAlternate',
  'emptyContent',
  'noAssistantTurn',
  'toolArguments',
  'duplicateRow',
  'tooLong',
  'wholeMasked',
  'templateFails', // the chat template raises an exception on this row
  'lineTooLong',
] as const;
export type DatasetProblemKind = (typeof DATASET_PROBLEM_KINDS)[number];

export interface DatasetFix {
  readonly title: Message;
  /** 0-based lines, UTF-16 columns; end exclusive. All within the lines that the problem is about. */
  readonly edits: readonly {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly newText: string;
  }[];
}

export interface DatasetProblem {
  readonly kind: DatasetProblemKind;
  readonly severity: 'error' | 'warning' | 'information';
  /** 0-based, as editors have it; columns count UTF-16 units; end exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: Message;
  readonly fixes: readonly DatasetFix[];
}

export interface SweepCalls {
  /**
   * Looks at a whole dataset file, problems are told as they are found (in batches). `recipe`: one that trains on this file,
   * for columns, max_length and masks; null without. Ends early after `limit` problems. Where rows have no lines of their own
   * (parquet), `line` is the number of the row.
   */
  readonly sweepDataset: {
    readonly params: {
      readonly path: string;
      readonly recipe: ResolvedRecipe | null;
      readonly limit: number;
      /** A person asked: then files are judged too that only may be datasets. */
      readonly asked: boolean;
    };
    readonly result: {
      readonly rows: number;
      readonly problems: number;
      readonly complete: boolean;
      /** false: the trainer would find no conversations in these columns, so at most JSON was judged. */
      readonly judged: boolean;
    };
    readonly progress: { readonly rows: number; readonly problems: readonly DatasetProblem[] };
  };
  /** The same for lines that an editor shows (unsaved text included), duplicates apart. */
  readonly examineLines: {
    readonly params: {
      /** The first lines of the file, which tell what it is. */
      readonly head: readonly string[];
      readonly lines: readonly string[];
      /** Number of the first of `lines`, 0-based. */
      readonly firstLine: number;
      readonly recipe: ResolvedRecipe | null;
    };
    readonly result: readonly DatasetProblem[];
  };
}
