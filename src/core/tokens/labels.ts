import { ok, type Result } from '../../common/result';
import type { Conversation } from '../data/recipeRows';
import { assistantMask, completionMask } from './labelsMask';
import type { ChatTemplate, RenderFailure, Rendered, TextEncoding, TextTokenizer } from './types';

/** How conversations become ids and labels. */
export interface Labelling {
  readonly tokenizer: TextTokenizer;
  /** The one that is trained with: with generation marks where `assistantOnly`. */
  readonly template: ChatTemplate;
  /** tokenizer.special_tokens_map with the recipe's eos and pad tokens. */
  readonly special: Readonly<Record<string, string | null>>;
  readonly assistantOnly: boolean;
  readonly completionOnly: boolean;
}

/** One conversation as TRL tokenises it, not cut. */
export interface LabelledRow {
  readonly ids: Int32Array;
  /** 1 where the loss looks; null: everywhere. */
  readonly trained: Uint8Array | null;
}

/** The same with where each token comes from. */
export interface ExplainedRow extends LabelledRow {
  readonly encoding: TextEncoding;
  readonly rendered: Rendered;
  /** Tokens of the prompt, generation prompt included; null without completion_only_loss. */
  readonly promptLength: number | null;
}

export const IGNORED = -100;

/** trl/trainer/sft_trainer.py, `tokenize_fn` and `build_labels`, for rows of messages. */
export function labelRow(row: Conversation, labelling: Labelling): Result<ExplainedRow, RenderFailure> {
  const { tokenizer, assistantOnly, completionOnly } = labelling;
  const whole = renderRow(row, labelling);
  if (!whole.ok) return whole;
  const encoding = tokenizer.encode(whole.value.text);
  const prompt = completionOnly ? promptLengthOf(row, labelling) : ok(null);
  if (!prompt.ok) return prompt;
  const masks: Uint8Array[] = [];
  if (assistantOnly) masks.push(assistantMask(encoding, whole.value.generation));
  if (prompt.value !== null) masks.push(completionMask(encoding.ids.length, prompt.value));
  return ok({
    ids: Int32Array.from(encoding.ids),
    trained: masks.length === 0 ? null : both(masks),
    encoding,
    rendered: whole.value,
    promptLength: prompt.value,
  });
}

/** The text of a whole conversation. */
export function renderRow(
  { messages, tools }: Conversation,
  { template, special }: Pick<Labelling, 'template' | 'special'>,
): Result<Rendered, RenderFailure> {
  return template.render({ messages, tools, special });
}

/** The last message is the completion, what comes before it the prompt (trainer/src/tunebook_trainer/labels.py). */
function promptLengthOf(
  { messages, tools }: Conversation,
  { template, special, tokenizer }: Labelling,
): Result<number, RenderFailure> {
  const prompt = template.render({ messages: messages.slice(0, -1), tools, special, add_generation_prompt: true });
  return prompt.ok ? ok(tokenizer.encode(prompt.value.text).ids.length) : prompt;
}

function both(masks: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(), ...others] = masks;
  return first.map((bit, index) => (others.every((mask) => mask[index] === 1) ? bit : 0));
}

/** Whether the loss looks at a position of a row. */
export function isTrained({ trained }: LabelledRow, index: number): boolean {
  return trained === null || trained[index] === 1;
}
