import { type Message, message } from '../../../common/message';
import type { Failure } from '../../../protocol/trainer';
import { type Entry, fact, type FailureContext, setting, textAt, valueAt } from './entry';
import { KEYS } from './keys';

export const modelNotFound: Entry = (failure, context) => {
  const [revision, file] = [fact(failure, 'revision'), fact(failure, 'file')];
  const name = nameOf(failure, context);
  if (revision !== null || failure.recipePath.at(-1) === 'revision')
    return {
      title: message('{0} has no revision {1}.', name, revision ?? textAt(context, KEYS.revision) ?? ''),
      remedies: [message('Its page on huggingface.co lists branches and tags; a commit is written in full.')],
      fixes: [setting(KEYS.revision, null, message('the newest'))],
    };
  if (file !== null)
    return {
      title: message('{0} has no {1}: it is no whole model.', name, file),
      remedies: [
        message(
          'An adapter, or a model in another format such as GGUF, is not what is meant here: name its base model.',
        ),
        message('Of a folder on this machine: download or copy it again.'),
      ],
      fixes: [],
    };
  return {
    title: message('The model was not found: {0}', name),
    remedies: [
      message('Check the spelling of model_name_or_path: a folder, or owner/name on the Hugging Face Hub.'),
      message('A private model needs a token: run hf auth login in a terminal.'),
    ],
    fixes: [],
  };
};

export const gatedModel: Entry = (failure, context) => {
  const name = nameOf(failure, context);
  if (failure.facts['badToken'] === true)
    return {
      title: message('The Hub does not accept your token: {0}', failure.message),
      remedies: [message('Run hf auth login in a terminal, with a new token from huggingface.co/settings/tokens.')],
      fixes: [],
    };
  return {
    title: message('This model asks for your consent first: {0}', name),
    remedies: [
      message('Open its page on huggingface.co, sign in and accept its terms.'),
      message('Then run hf auth login in a terminal, with a token that may read it.'),
    ],
    fixes: [],
  };
};

export const brokenModel: Entry = (failure, context) => ({
  title: message('A file of {0} can’t be read: {1}', nameOf(failure, context), failure.message),
  remedies: [
    message('It was cut off while it was downloaded or copied: delete it and get it again.'),
    message('A clone without Git LFS has small text files in place of the weights: run git lfs pull there.'),
  ],
  fixes: [],
});

export const network: Entry = (failure) => {
  const remedies: Message[] = [
    message(
      'Check the connection and the proxy (HTTPS_PROXY), then run the cell again: downloads go on where they stopped.',
    ),
    message('Where huggingface.co is out of reach, set HF_ENDPOINT to a mirror, or give a local folder as the model.'),
  ];
  const status = Number(failure.facts['status'] ?? 0);
  if (status === 429)
    remedies.unshift(message('The Hub asks for patience: wait some minutes, or sign in with hf auth login.'));
  else if (status >= 500) remedies.unshift(message('The Hub itself has trouble: try again in some minutes.'));
  return { title: message('The network did not answer: {0}', failure.message), remedies, fixes: [] };
};

/** A dataset can be gated, too. */
function nameOf(failure: Failure, context: FailureContext): string {
  const told = fact(failure, 'model') ?? fact(failure, 'dataset');
  if (told !== null) return told;
  const path = failure.recipePath[0] === 'model' ? KEYS.modelName : failure.recipePath;
  const value = valueAt(context, path);
  return typeof value === 'string' ? value : failure.message;
}
