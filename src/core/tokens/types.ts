import type { Message } from '../../common/message';
import type { Result } from '../../common/result';
import type { ConversationMessage } from '../../protocol/dataset';
import type { TokenPiece } from '../../protocol/tokenView';

/** The texts of a tokenizer's folder; null for files that aren't there. */
export interface TokenizerFiles {
  readonly tokenizerJson: string;
  readonly tokenizerConfig: string | null;
  readonly specialTokensMap: string | null;
  /** chat_template.jinja; else the template is tokenizer_config.json's `chat_template`. */
  readonly chatTemplate: string | null;
  /** config.json: transformers picks the tokenizer's class by its model_type as well. */
  readonly modelConfig?: string | null;
  /** What from_pretrained is given: transformers knows some tokenizers by name. */
  readonly name?: string | null;
}

/** Positions are UTF-16 offsets into the text that was encoded; end exclusive. As `Encoding.offsets` of Rust's tokenizers. */
export interface TextEncoding {
  readonly ids: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** What transformers' fast tokenizer does with text, without its Python half. */
export interface TextTokenizer {
  /** "BPE", "Unigram", "WordPiece", "WordLevel" */
  readonly model: string;
  /** len(tokenizer) */
  readonly vocabSize: number;
  readonly special: Readonly<Record<'bos_token' | 'eos_token' | 'pad_token' | 'unk_token', string | null>>;
  /** The tokenizer's own template, \n for line ends. */
  readonly chatTemplate: string | null;
  /** Every added token: added_tokens_decoder. */
  readonly addedTokens: readonly { readonly id: number; readonly content: string; readonly special: boolean }[];
  /** add_special_tokens=False, as apply_chat_template does. Throws TokenizerProblem where Rust does: no token for it. */
  encode(text: string): TextEncoding;
  piece(id: number): TokenPiece;
  idOf(token: string): number | null;
}

export interface RenderInput {
  readonly messages: readonly ConversationMessage[];
  readonly tools?: readonly unknown[] | null;
  readonly add_generation_prompt?: boolean;
  /** bos_token, eos_token, … as the template sees them (tokenizer.special_tokens_map). */
  readonly special: Readonly<Record<string, string | null>>;
  /** chat_template_kwargs */
  readonly kwargs?: Readonly<Record<string, unknown>>;
}

export interface Rendered {
  readonly text: string;
  /** What {% generation %} encloses; UTF-16 offsets, end exclusive. */
  readonly generation: readonly { readonly start: number; readonly end: number }[];
  /** Which line of the template (from 1) wrote the text from `start` on, up to the next one's start. Ascending. */
  readonly lines: readonly { readonly start: number; readonly line: number }[];
}

export type RenderFailure =
  /** raise_exception, or an error that Python's jinja2 reports as well. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Something that this renderer doesn't know; Python may. */
  | { readonly kind: 'unsupported'; readonly reason: Message };

export interface ChatTemplate {
  readonly source: string;
  /** Whether it has {% generation %}. */
  readonly marksGeneration: boolean;
  render(input: RenderInput): Result<Rendered, RenderFailure>;
}
