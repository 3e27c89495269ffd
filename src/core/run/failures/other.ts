import { type Message, message } from '../../../common/message';
import { type Entry, fact, type RecipeFix, setting, valueAt } from './entry';
import { KEYS } from './keys';

export const invalidRecipe: Entry = (failure, context) => ({
  title: message('The trainer cannot work with this recipe: {0}', failure.message),
  remedies: [message('Change {0} in the recipe.', pathOf(failure.recipePath))],
  fixes: knownAnswer(failure.recipePath, valueAt(context, KEYS.fp16) === true),
});

export const missingStep: Entry = (failure) => {
  const missing = failure.facts['missing'];
  const first = Array.isArray(missing) ? String(missing[0]) : null;
  const step = fact(failure, 'step');
  return {
    title:
      first !== null && step !== null
        ? message('{0} builds on {1}, which has not run in this trainer yet.', step, first)
        : message('A step that this one builds on has not run in this trainer yet: {0}', failure.message),
    remedies: [
      message('Run the cells above first, or all of them: a trainer that was started anew knows nothing of before.'),
    ],
    fixes: [],
  };
};

export const unknown: Entry = (failure) => {
  const remedies: Message[] = [
    message('Look at the last lines below and at the log: they tell where it happened.'),
    message('If it is not your recipe, report it: Copy Details puts all that matters on the clipboard.'),
  ];
  return { title: message('Something went wrong in the trainer: {0}', failure.message), remedies, fixes: [] };
};

/** Values that only the trainer can judge, and what is right in nearly every recipe. */
function knownAnswer(recipePath: readonly string[], half: boolean): readonly RecipeFix[] {
  switch (recipePath.at(-1)) {
    case 'fp16':
      return [setting(KEYS.fp16, !half)];
    case 'device_map':
      return [setting(KEYS.deviceMap, 'auto')];
    case 'optim':
      return [setting(KEYS.optimizer, 'adamw_torch')];
    case 'attn_implementation':
      return [setting(KEYS.attention, null)];
    case 'lora_dropout':
      return [setting(['lora', 'lora_dropout'], 0)];
    case 'loss_type':
      return [setting(['train', 'training', 'loss_type'], null)];
    case 'eval_strategy':
      return [setting(KEYS.evalStrategy, 'no')];
    case 'init_lora_weights':
      return [setting(['lora', 'init_lora_weights'], true)];
    case 'modules_to_save':
      return [setting(['lora', 'modules_to_save'], null)];
    case 'pad_token':
      return [setting(['tokenizer', 'pad_token'], null)];
    case 'eos_token':
      return [setting(['tokenizer', 'eos_token'], null)];
    case 'load_in_8bit':
      return [setting([...KEYS.quantization, 'load_in_8bit'], false)];
    case 'references':
      return [setting(['generate', 'references'], null)];
    default:
      return [];
  }
}

function pathOf(recipePath: readonly string[]): string {
  return recipePath.length === 0 ? '*.tune.yaml' : recipePath.join('.');
}
