import { message } from '../../common/message';
import type { TokenView } from '../../protocol/tokenView';
import { compileTemplate } from './chatTemplate';
import { templateTrouble } from './labelsOfRows';
import { TokensError } from './tokensError';
import type { ChatTemplate } from './types';

export interface TemplateChoice {
  readonly template: ChatTemplate;
  readonly source: TokenView['tokenizer']['chatTemplateSource'];
}

const TEMPLATE = ['tokenizer', 'chat_template'];

/** The recipe's own chat template, else the tokenizer's. Throws TokensError. */
export function chosenTemplate(recipe: string | null, tokenizer: string | null): TemplateChoice {
  const source = recipe ?? tokenizer;
  if (source === null) {
    throw TokensError.of('templateFails', {
      recipePath: TEMPLATE,
      message: message('The tokenizer has no chat template.'),
      remedy: message('Name the model’s chat version, or write a chat_template.'),
    });
  }
  const template = compileTemplate(source);
  if (!template.ok) throw templateTrouble(template.error, null);
  return { template: template.value, source: recipe === null ? 'tokenizer' : 'recipe' };
}
