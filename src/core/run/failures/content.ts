import { type Message, message } from '../../../common/message';
import { type Entry, fact, type RecipeFix, setting, textAt } from './entry';
import { KEYS } from './keys';

export const datasetInvalid: Entry = (failure) => ({
  title: message('These rows cannot become conversations: {0}', failure.message),
  remedies: [
    message('Set data.columns: which column is the prompt and which the completion, or which holds the messages.'),
    message('In messages, role is system, user, assistant or tool.'),
  ],
  fixes: [],
});

export const templateInvalid: Entry = (failure, context) => {
  const remedies: Message[] = [];
  const fixes: RecipeFix[] = [];
  if (failure.recipePath.at(-1) === 'assistant_only_loss') fixes.push(setting(KEYS.assistantOnly, false));
  const system = textAt(context, KEYS.systemPrompt) !== null;
  if (failure.facts['roles'] === true || /role|system/i.test(failure.message))
    remedies.push(
      message(
        'This template wants user and assistant in turns, some without a system message: look at the rows that break this.',
      ),
    );
  if (system) {
    remedies.push(message('Some templates take no system message: remove system_prompt.'));
    fixes.push(setting(KEYS.systemPrompt, null));
  }
  if (textAt(context, KEYS.chatTemplate) !== null)
    fixes.push(setting(KEYS.chatTemplate, null, message('the template that the tokenizer brings')));
  remedies.push(
    message('Set tokenizer.chat_template to a template that fits the model; base models often have none.'),
    message(
      'Show Tokens and Labels renders the rows before anything runs, with the template’s line beside each piece.',
    ),
  );
  return { title: message('The chat template does not work: {0}', failure.message), remedies, fixes };
};

export const tokenizerMismatch: Entry = (failure, context) => {
  const [tokens, rows] = [fact(failure, 'tokens'), fact(failure, 'modelTokens')];
  const own = textAt(context, KEYS.tokenizerName);
  const remedies: Message[] = [
    own === null
      ? message('The folder of the model holds a tokenizer of another model: download it again as a whole.')
      : message('Leave tokenizer_name_or_path empty: the model’s own tokenizer is the one that fits.'),
  ];
  if (tokens === null)
    remedies.push(
      message('Rows longer than the positions of a model end the same way: lower max_length to what it was made for.'),
      message('Show Tokens and Labels shows each token with its number: one beyond the model’s vocabulary stands out.'),
    );
  if (failure.facts['lost'] === true)
    remedies.push(message('The GPU’s state is lost after this: restart the trainer before the next run.'));
  return {
    title:
      tokens !== null && rows !== null
        ? message('The tokenizer has {0} tokens, the model only {1}: they don’t belong together.', tokens, rows)
        : message(
            'The model met a token that it has no row for: tokenizer, template and model don’t belong together. {0}',
            failure.message,
          ),
    remedies,
    fixes: own === null ? [] : [setting(KEYS.tokenizerName, null, message('the model’s own'))],
  };
};

export const noTargetModules: Entry = (failure) => ({
  title: message('LoRA finds no layer to work on: {0}', failure.message),
  remedies: [
    message('Take the names of linear layers from the output of the model cell, or write target_modules: all-linear.'),
  ],
  fixes: [setting(KEYS.targets, 'all-linear', message('every linear layer but the head'))],
});
