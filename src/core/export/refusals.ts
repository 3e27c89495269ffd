import { type Message, message } from '../../common/message';
import type { ExportRefused } from '../../protocol/exporting';

export interface Refusal {
  readonly title: Message;
  readonly remedy: Message;
}

type Words = (...args: string[]) => Refusal;

/** Why something can't be exported, by the kinds that trainer/src/tunebook_trainer/export raises as RefusedError. */
const REFUSALS: Readonly<Record<string, Words>> = {
  noAdapter: (folder = '') => ({
    title: message('{0} holds no adapter: adapter_config.json is missing.', folder),
    remedy: message('Name a run or the folder that a run saved its adapter to.'),
  }),
  noWeights: (file = '') => ({
    title: message('The adapter’s weights are missing: {0}', file),
    remedy: message('Save the adapter again, or take another checkpoint of its run.'),
  }),
  pickled: (file = '') => ({
    title: message('{0} is a pickle file, which can run code when it is loaded. It is not opened.', file),
    remedy: message('Ask whoever made the adapter for adapter_model.safetensors.'),
  }),
  unreadable: (file = '', reason = '') => ({
    title: message('{0} can’t be read: {1}', file, reason),
    remedy: message('It may have been cut off while it was copied: copy it again.'),
  }),
  notMergeable: (kind = '') => ({
    title: message('An adapter of the kind {0} can’t become part of a model’s weights.', kind),
    remedy: message('Load it beside its base model with PEFT instead.'),
  }),
  tiedAdapter: (file = '') => ({
    title: message(
      '{0} says ensure_weight_tying: one adapter for embedding and output layer, which PEFT can’t merge once into both.',
      file,
    ),
    remedy: message('Load it beside its base model with PEFT instead.'),
  }),
  noBase: (folder = '') => ({
    title: message('The adapter in {0} doesn’t say which base model it belongs to.', folder),
    remedy: message('Name the model it was trained on with --base-model.'),
  }),
  otherBase: (folder = '', detail = '') => ({
    title: message('The adapter in {0} was made for another base model: {1}', folder, detail),
    remedy: message('Name the model it was trained on with --base-model.'),
  }),
  notFinite: () => ({
    title: message('Merged weights would hold values that are no numbers (NaN).'),
    remedy: message('The training went wrong: take an earlier checkpoint, or train again with a lower learning rate.'),
  }),
  quantizedBase: (base = '', method = '') => ({
    title: message(
      'The weights of {0} are stored quantised ({1}); an adapter can’t be merged into them.',
      base,
      method,
    ),
    remedy: message('Name the 16-bit model that they were made from with --base-model.'),
  }),
  notQuantized: () => ({
    title: message('This run loaded its base model unquantised: there is nothing to dequantise.'),
    remedy: message('Leave --base out: the original weights are what was trained on.'),
  }),
  unknownQuantization: () => ({
    title: message('An adapter alone doesn’t tell how its base model was quantised.'),
    remedy: message('Name the run instead of the folder, or leave --base out to merge into the original weights.'),
  }),
  targetIsInput: (target = '', input = '') => ({
    title: message('{0} and {1} lie in one another; nothing was written.', target, input),
    remedy: message('Choose another folder with --output.'),
  }),
  targetIsFile: (target = '') => ({
    title: message('{0} is a file; nothing was written.', target),
    remedy: message('Choose another folder with --output.'),
  }),
  targetHoldsOther: (target = '') => ({
    title: message('{0} holds something else than an export; nothing was written.', target),
    remedy: message('Choose another folder with --output.'),
  }),
  targetExists: (target = '') => ({
    title: message('{0} holds an export already; nothing was written.', target),
    remedy: message('Choose another folder with --output, or replace it with --force.'),
  }),
  doesNotLoad: (code = '') => ({
    title: message(
      'The merged model was written, but a fresh process can’t load it (exit code {0}); it was discarded.',
      code,
    ),
    remedy: message('The lines above say why. Please report it: this should not happen.'),
  }),
  otherPrompts: () => ({
    title: message(
      'The exported tokenizer makes other tokens of the prompts than the one it was made from; it was discarded.',
    ),
    remedy: message('The lines above say why. Please report it: this should not happen.'),
  }),
  notTheSame: (difference = '', largest = '') => ({
    title: message(
      'Loaded again, the merged model’s logits differ by {0} (the largest is {1}); it was discarded.',
      difference,
      largest,
    ),
    remedy: message('The lines above say why. Please report it: this should not happen.'),
  }),
};

export function explainRefusal({ kind, args }: ExportRefused): Refusal {
  const words = Object.hasOwn(REFUSALS, kind) ? REFUSALS[kind] : undefined;
  return (
    words?.(...args) ?? {
      title: message('The export was refused ({0}): {1}', kind, args.join(', ')),
      remedy: message('The trainer is of another version than Tunebook: set up its Python environment again.'),
    }
  );
}
