import { message } from '../../../common/message';
import { isLocalData } from '../recipePaths';
import { type Check, error, set, warning } from './checked';

export const dataChecks: Check = function* dataChecks(checked) {
  const { data, tokenizer, model } = checked.full;
  const { prompt, completion, messages } = data.columns;
  if ((prompt === null) !== (completion === null))
    yield error(
      'data.columns',
      message(
        'data.columns names {0} but not {1}.',
        ...(prompt === null ? ['completion', 'prompt'] : ['prompt', 'completion']),
      ),
      message('A row needs both: what the user says and what the model shall answer.'),
    );
  if (messages !== null && (prompt !== null || completion !== null))
    yield error(
      'data.columns.messages',
      message('data.columns names messages and also prompt or completion.'),
      message('Keep messages if a row holds a whole conversation, else prompt and completion.'),
    );
  const { eval_split: evalSplit } = data;
  if (typeof evalSplit === 'number' && evalSplit >= 1 && !Number.isInteger(evalSplit))
    yield error(
      'data.eval_split',
      message('{0} is neither a share below 1 nor a number of rows.', evalSplit),
      message('Write a share such as 0.1, or a whole number of rows.'),
    );
  if (isLocalData(data.path) && data.split !== 'train')
    yield error(
      'data.split',
      message('A file has one part only, called train.'),
      message('Remove split, or name the other file in data.path.'),
      set(checked, 'data.split', 'train'),
    );
  if (isLocalData(data.path) && data.name !== null)
    yield warning(
      'data.name',
      message('name chooses a configuration on the Hub; a file has none.'),
      message('Remove the line.'),
    );

  if (
    tokenizer.pad_token !== null &&
    isEnd(tokenizer.pad_token, tokenizer.eos_token, model.model_name_or_path, checked.facts.modelType)
  )
    yield (tokenizer.pad_token === tokenizer.eos_token ? error : warning)(
      'tokenizer.pad_token',
      message(
        '{0} ends a text. As padding it is hidden from training, and the model never learns to stop.',
        tokenizer.pad_token,
      ),
      message('Remove the line: then a safe token is chosen. Often <unk> is right.'),
      set(checked, 'tokenizer.pad_token', null),
    );
  if (tokenizer.padding_side === 'left')
    yield warning(
      'tokenizer.padding_side',
      message('Training expects rows that are filled up on the right.'),
      message('Remove the line; for answers the left side is used by itself.'),
      set(checked, 'tokenizer.padding_side', 'right'),
    );
};

const END_TOKENS = new Set([
  '</s>',
  '<|endoftext|>',
  '<|end|>',
  '<|im_end|>',
  '<|eot_id|>',
  '<|end_of_text|>',
  '<eos>',
  '<end_of_turn>',
]);

function isEnd(pad: string, eos: string | null, model: string, modelType: string | undefined): boolean {
  if (eos !== null) return pad === eos;
  // Qwen's chat models end with <|im_end|> and fill up with <|endoftext|>, by their authors' choice
  const isQwen = /qwen/i.test(modelType ?? model);
  return END_TOKENS.has(pad) && !(isQwen && pad === '<|endoftext|>');
}
