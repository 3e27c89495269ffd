import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import type { ReadRow } from './exampleRows';
import type { ExplainedRow, Labelling } from './labels';

/**
 * What the model is asked with after the training (add_generation_prompt) has to be the beginning of what it was trained on,
 * or it is asked something it never saw; with completion_only_loss the labels are wrong besides, since TRL counts the
 * prompt's tokens. Null where it is, or where the row doesn't end with an answer.
 */
export function promptFinding(
  { conversation, line }: ReadRow,
  { rendered }: Pick<ExplainedRow, 'rendered'>,
  { template, special, completionOnly }: Labelling,
): TokenFinding | null {
  const { messages, tools } = conversation;
  if (messages.length < 2 || messages.at(-1)?.role !== 'assistant') return null;
  const prompt = template.render({ messages: messages.slice(0, -1), tools, special, add_generation_prompt: true });
  if (!prompt.ok || rendered.text.startsWith(prompt.value.text)) return null;
  const at = firstDifference(prompt.value.text, rendered.text);
  return {
    kind: 'generationPromptNoPrefix',
    severity: 'warning',
    recipePath: ['tokenizer', 'chat_template'],
    message: message(
      'What the model is asked with is not the beginning of what it is trained on: {0} where the training has {1}.',
      excerpt(prompt.value.text, at),
      excerpt(rendered.text, at),
    ),
    remedy: completionOnly
      ? message(
          'Use assistant_only_loss: completion_only_loss counts the tokens of the prompt, and would learn the wrong ones.',
        )
      : message('Choose a chat template that writes an answer the same way in both, or the answers will be worse.'),
    fixes: completionOnly
      ? [
          {
            title: message('Use assistant_only_loss'),
            set: [
              { path: ['train', 'data', 'completion_only_loss'], value: null },
              { path: ['train', 'data', 'assistant_only_loss'], value: true },
            ],
          },
        ]
      : [],
    line,
  };
}

const SHOWN = 24;

function excerpt(text: string, at: number): string {
  return JSON.stringify(text.slice(at, at + SHOWN));
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
