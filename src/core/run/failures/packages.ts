import { type Message, message } from '../../../common/message';
import type { Failure } from '../../../protocol/trainer';
import { type Entry, fact, type FailureContext, type RecipeFix, setting, textAt, valueAt } from './entry';
import { KEYS } from './keys';

export const missingPackage: Entry = (failure, context) => {
  const name = fact(failure, 'package') ?? failure.message;
  return {
    title: message('The recipe needs a Python package that is not installed: {0}', name),
    remedies: [
      message('Install it in the environment of the trainer, or remove from the recipe what asks for it.'),
      message('In a terminal, with the trainer’s Python: python -m pip install {0}', name),
    ],
    fixes: withoutPackage(failure, context),
  };
};

export const packageVersion: Entry = (failure, context) => {
  const name = fact(failure, 'package') ?? '';
  const [needed, found] = [fact(failure, 'needed'), fact(failure, 'found')];
  return {
    title:
      needed !== null && found !== null
        ? message('{0} {1} is installed, but {2} is needed.', name, found, needed)
        : message('An installed package doesn’t fit the others: {0}', failure.message),
    remedies: [...versionRemedies(name, needed, failure)],
    fixes: withoutPackage(failure, context),
  };
};

function* versionRemedies(name: string, needed: string | null, failure: Failure): Generator<Message> {
  const kind = fact(failure, 'modelType');
  if (kind !== null) {
    yield message(
      'The model is of the kind {0}, which this version of transformers doesn’t know: it came out later.',
      kind,
    );
    yield message('Update Tunebook, whose trainer brings a newer one, or take a model of a kind that is known.');
    return;
  }
  if (fact(failure, 'symbol') !== null)
    yield message(
      '{0} was built for another PyTorch or another CUDA: install it anew, so that it fits the one that is there.',
      name,
    );
  if (needed !== null)
    yield message('In a terminal, with the trainer’s Python: python -m pip install "{0}"', `${name}${needed}`);
  yield message(
    'Or let Tunebook make an environment with the versions that it was tested with: Set Up Python Environment.',
  );
}

/** What the recipe can do without it. */
function withoutPackage({ recipePath, facts }: Failure, context: FailureContext): readonly RecipeFix[] {
  const name = typeof facts['package'] === 'string' ? facts['package'].replaceAll('_', '-') : '';
  const key = recipePath.at(-1);
  const attention = textAt(context, KEYS.attention);
  if (key === 'attn_implementation' || (name.startsWith('flash-attn') && attention !== null))
    return [setting(KEYS.attention, 'sdpa', message('the attention that PyTorch brings'))];
  if (key === 'use_liger_kernel' || (name === 'liger-kernel' && valueAt(context, KEYS.liger) === true))
    return [setting(KEYS.liger, false)];
  if (key === 'report_to') return [setting(KEYS.reportTo, 'none', message('Tunebook keeps the curves anyway'))];
  if (name === 'bitsandbytes')
    return [setting(KEYS.quantization, null, message('full precision, four times the memory for the weights'))];
  return [];
}
