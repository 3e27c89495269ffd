/** Tokens and labels of a recipe's first batches, between worker, extension and webview. */
import type { Message } from '../common/message';
import type { Role } from './dataset';
import type { ResolvedRecipe } from './trainer';

/** Why a position is trained or not. Words: webview/tokens. */
export const WHYS = [
  'trained', // whole conversation
  'assistant', // what the assistant says, trained
  'completion', // the completion, trained
  'notAssistant', // assistant_only_loss looks away
  'prompt', // completion_only_loss looks away
  'padding',
  'first', // the first of a sequence: there is nothing it could be predicted from
] as const;
export type Why = (typeof WHYS)[number];

export interface TokenPiece {
  readonly id: number;
  /** As it reads: its spaces are spaces; part of a character that takes several tokens: U+FFFD. */
  readonly text: string;
  /** UTF-8; null where the vocabulary doesn't say (an unknown token). */
  readonly bytes: readonly number[] | null;
  readonly special: boolean;
}

/** A stretch of a sequence that comes from one row. */
export interface SequencePart {
  /** First position in the sequence. */
  readonly start: number;
  /** From 0, of the rows that the data step reads. */
  readonly row: number;
  /** From 1, in the dataset file; null where it has no lines. */
  readonly line: number | null;
  /** Position in the row's own tokens at which this part starts: 0 unless packing cut the row. */
  readonly from: number;
  /** Of the row's messages, in their order: `TokenSequence.messages` are places in it. Left out for rows of plain text. */
  readonly roles?: readonly Role[];
}

/** One sequence of a batch. Arrays have one item a position. */
export interface TokenSequence {
  readonly ids: readonly number[];
  /** The id that is predicted there, or -100. */
  readonly labels: readonly number[];
  /** Index into WHYS. */
  readonly whys: readonly number[];
  /** Line of the chat template that wrote it, from 1; 0: unknown or padding. */
  readonly templateLines: readonly number[];
  /** Index of the message that it stands in; -1: none. */
  readonly messages: readonly number[];
  readonly parts: readonly SequencePart[];
}

export interface LengthBin {
  readonly from: number; // tokens, inclusive
  readonly to: number; // exclusive
  readonly rows: number;
}

export interface TokenCounts {
  /** Rows that were tokenised. */
  readonly rows: number;
  /** Whether these are all rows of the dataset. */
  readonly complete: boolean;
  readonly sequences: number;
  /** Positions with a label (the first of each sequence is never predicted). */
  readonly trainedTokens: number;
  /** Without padding. */
  readonly totalTokens: number;
  /** Rows that lose their end. */
  readonly truncatedRows: number;
  readonly truncatedTokens: number;
  /** Rows of which nothing is trained. */
  readonly maskedRows: number;
  /** totalTokens by the positions that batches take up (padding to the longest of its batch included); 1 is best. */
  readonly efficiency: number;
}

export interface LengthSuggestion {
  readonly maxLength: number;
  /** Share of rows that fit whole. */
  readonly fits: number;
  readonly why: Message;
}

export interface SpecialTokenInfo {
  readonly name: 'bos_token' | 'eos_token' | 'pad_token' | 'unk_token' | 'end_of_turn';
  readonly token: string | null;
  readonly id: number | null;
}

/** Something of the tokens that a person should know before a run. */
export interface TokenFinding {
  readonly kind:
    | 'padIsEos'
    | 'endOfTurnNotTrained'
    | 'rowsWithoutEos'
    | 'noGenerationMarks'
    | 'vocabularyMismatch'
    | 'generationPromptNoPrefix'
    | 'truncatedRows'
    | 'unsafePacking'
    | 'allMasked'
    | 'maskedRows'
    | 'templateFails'
    | 'templateUnsupported' // only this renderer can't; the trainer may
    | 'tokenizerUnreadable'
    | 'datasetUnreadable';
  /** error: the trainer refuses as well. */
  readonly severity: 'error' | 'warning' | 'information';
  readonly recipePath: readonly string[];
  readonly message: Message;
  readonly remedy: Message;
  /** Values that mend it, set in the recipe. */
  readonly fixes: readonly {
    readonly title: Message;
    readonly set: readonly { readonly path: readonly string[]; readonly value: unknown }[];
  }[];
  /** The line of the dataset that shows it best. */
  readonly line: number | null;
}

export interface TokenView {
  /** Who rendered: the editor, or the trainer where the editor can't (then `fallback` says why). */
  readonly source: 'editor' | 'trainer';
  readonly fallback: Message | null;
  readonly recipeFile: string;
  readonly datasetFile: string | null;
  readonly tokenizer: {
    /** "BPE", "Unigram", "WordPiece", … */
    readonly model: string;
    readonly vocabSize: number;
    readonly modelVocabSize: number | null;
    readonly special: readonly SpecialTokenInfo[];
    readonly chatTemplate: string;
    readonly chatTemplateSource: 'tokenizer' | 'recipe' | 'tunebook';
    /** The file that holds the template; null where it stands in the recipe or is ours. */
    readonly chatTemplateFile: string | null;
  };
  readonly maxLength: number | null;
  readonly packing: 'no' | 'wrapped' | 'bfd' | 'bfd_split';
  readonly assistantOnly: boolean;
  /** Every id that occurs in `batches`. */
  readonly pieces: readonly TokenPiece[];
  readonly batches: readonly { readonly sequences: readonly TokenSequence[] }[];
  readonly counts: TokenCounts;
  readonly lengths: readonly LengthBin[];
  readonly suggestion: LengthSuggestion | null;
  readonly findings: readonly TokenFinding[];
}

/** Whether a whole section is there is the recipe's business: only resolved recipes are asked about. */
export interface TokenCalls {
  /** Tokenises up to `rows` rows (null: all) and returns the first `batches` batches as TRL would make them. */
  readonly viewTokens: {
    readonly params: { readonly recipe: ResolvedRecipe; readonly batches: number; readonly rows: number | null };
    readonly result: TokenView;
    readonly progress: { readonly rows: number };
  };
  /** The same look without batches: what should be said about the recipe. */
  readonly examineTokens: {
    readonly params: { readonly recipe: ResolvedRecipe; readonly rows: number | null };
    readonly result: readonly TokenFinding[];
    readonly progress: { readonly rows: number };
  };
}
