import { type Message, message } from '../../common/message';
import type { ModelTrouble } from '../../protocol/model';
import type { ModelFiles } from './modelFiles';

/** A folder without weights that are read: says what there is instead. */
export function noWeights(files: ModelFiles, names: readonly string[]): ModelTrouble {
  const { words, remedy } = instead(files.place, names);
  return { kind: 'noWeights', severity: 'error', message: words, remedy, file: null };
}

/** Whether a folder has weights of any kind. */
export function hasWeights(names: readonly string[]): boolean {
  return names.some((name) => /\.(?:safetensors|bin|pt|pth|ckpt|gguf)$/.test(name));
}

interface Instead {
  readonly words: Message;
  readonly remedy: Message;
}

function instead(place: string, names: readonly string[]): Instead {
  const other = names.find((name) => name.endsWith('.safetensors'));
  if (other !== undefined)
    return {
      words: message(
        '{0} has {1}, but transformers looks for model.safetensors or model.safetensors.index.json.',
        place,
        other,
      ),
      remedy: message(
        'Choose the model’s folder for transformers, or one that is no variant and no part of another library.',
      ),
    };
  const pickled = names.find((name) => /\.(?:bin|pt|pth|ckpt)$/.test(name) && name !== 'training_args.bin');
  if (pickled !== undefined)
    return {
      words: message(
        '{0} has its weights as a pickle alone ({1}), which can run any code when it is opened.',
        place,
        pickled,
      ),
      remedy: message(
        'Choose a model with .safetensors. If you trust its author, load it once with transformers and save it with save_pretrained.',
      ),
    };
  const gguf = names.find((name) => name.endsWith('.gguf'));
  if (gguf !== undefined)
    return {
      words: message('{0} has its weights for llama.cpp ({1}), which can’t be trained.', place, gguf),
      remedy: message('Choose the model that they were made of: its page on the Hub names it.'),
    };
  return {
    words: message('{0} has no weights (model.safetensors).', place),
    remedy: message('Get the whole model, or choose another.'),
  };
}

const MOST_NAMED = 5;

/** Some of the files that an index names aren't there. */
export function shardsMissing(files: ModelFiles, index: string, missing: readonly string[], of: number): ModelTrouble {
  const named = missing.slice(0, MOST_NAMED).join(', ') + (missing.length > MOST_NAMED ? ', …' : '');
  return {
    kind: 'shardsMissing',
    severity: 'error',
    message: message(
      '{0} of the {1} files that {2} names are missing: {3}',
      missing.length,
      of,
      files.shown(index),
      named,
    ),
    remedy: REMEDIES[files.kind],
    file: files.shown(index),
  };
}

const REMEDIES: Readonly<Record<ModelFiles['kind'], Message>> = {
  folder: message('Get the missing files from where the model comes from.'),
  cache: message('The download was not finished: run the model cell once, which goes on with it.'),
  hub: message('The model is incomplete on the Hub: choose another revision, or ask its author.'),
};
