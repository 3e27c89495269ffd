import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import { compileTemplate } from './chatTemplate';
import { GENERATION_TEMPLATES } from './generationTemplateTexts';
import type { ChatTemplate, RenderFailure, RenderInput } from './types';

export interface MarkedTemplate {
  readonly template: ChatTemplate;
  /** One of ours, by its file's name; null: the tokenizer's own marks what the assistant says. */
  readonly name: string | null;
}

/** What is asked of a template: a conversation of the data, with its tools. */
export type Conversation = Pick<RenderInput, 'messages' | 'tools'>;

const USER = { role: 'user', content: ' Where is\n the cat? ' } as const;
const ANSWER = { role: 'assistant', content: 'On the mat.\n' } as const;
const SYSTEM = { role: 'system', content: 'Be brief. ' } as const;
/** As trainer/src/tunebook_trainer/generation_templates.py has them; test/unit compares. */
export const PROBES: readonly RenderInput['messages'][] = [
  [USER, ANSWER],
  [SYSTEM, USER, ANSWER],
  [USER, ANSWER, USER, ANSWER],
  [SYSTEM, USER, ANSWER, USER],
  [USER],
];

/**
 * The template that assistant_only_loss trains with: the tokenizer's own if it marks answers, else the first of ours that
 * renders the same text for the probes and for every conversation, as marked_template of the trainer chooses. Its last
 * resort is a swap that TRL makes where it knows the tokenizer's template character for character (get_training_chat_template):
 * that table belongs to the TRL that is installed, so only the trainer can answer then.
 */
export function markedTemplate(
  template: ChatTemplate,
  conversations: readonly Conversation[],
  special: RenderInput['special'],
): Result<MarkedTemplate, RenderFailure> {
  if (template.marksGeneration) return ok({ template, name: null });
  const inputs = [...PROBES.flatMap((messages) => probes(messages, special)), ...conversations.map(asked(special))];
  const wanted: (string | null)[] = [];
  for (const { source, name } of GENERATION_TEMPLATES) {
    const ours = compileTemplate(source);
    if (!ours.ok) return ours;
    const same = rendersSame(template, ours.value, inputs, wanted);
    if (!same.ok) return same;
    if (same.value) return ok({ template: ours.value, name });
  }
  return err({
    kind: 'unsupported',
    reason: message(
      'The chat template does not mark what the assistant says, and none of Tunebook’s that do renders the same text. Whether TRL has one is known to the trainer alone.',
    ),
  });
}

function probes(messages: RenderInput['messages'], special: RenderInput['special']): RenderInput[] {
  const plain = { messages, special };
  return messages.at(-1)?.role === 'user' ? [plain, { ...plain, add_generation_prompt: true }] : [plain];
}

function asked(special: RenderInput['special']): (conversation: Conversation) => RenderInput {
  return ({ messages, tools = null }) => ({ messages, tools, special });
}

/** `wanted`: what the tokenizer's template made of the inputs so far; most of ours differ at the first already. */
function rendersSame(
  template: ChatTemplate,
  ours: ChatTemplate,
  inputs: readonly RenderInput[],
  wanted: (string | null)[],
): Result<boolean, RenderFailure> {
  for (const [index, input] of inputs.entries()) {
    let text = wanted[index];
    if (text === undefined) {
      const made = textOf(template, input);
      if (!made.ok) return made;
      text = made.value;
      wanted.push(text);
    }
    const other = textOf(ours, input);
    if (!other.ok) return other;
    if (other.value !== text) return ok(false);
  }
  return ok(true);
}

/** Null where the template refuses these roles. */
function textOf(template: ChatTemplate, input: RenderInput): Result<string | null, RenderFailure> {
  const rendered = template.render(input);
  if (rendered.ok) return ok(rendered.value.text);
  return rendered.error.kind === 'refused' ? ok(null) : rendered;
}
