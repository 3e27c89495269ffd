import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import type { TokenLook } from './tokenLook';

/** The template has no generation marks, and one of ours stands in for it (trainer: templateMarked). */
export function* checkMarks({ ours, choice }: TokenLook): Generator<TokenFinding> {
  if (ours === null) return;
  yield {
    kind: 'noGenerationMarks',
    severity: 'information',
    recipePath: ['train', 'data', 'assistant_only_loss'],
    message: message(
      'The chat template does not mark what the assistant says. Tunebook’s {0} stands in for it: it writes the same text, with marks.',
      ours,
    ),
    remedy: message('Write it into the recipe, so that the recipe says so and you can change it.'),
    fixes: [
      {
        title: message('Write Tunebook’s {0} as chat_template', ours),
        set: [{ path: ['tokenizer', 'chat_template'], value: choice.template.source }],
      },
    ],
    line: null,
  };
}
