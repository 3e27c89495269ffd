import { message } from '../../../common/message';
import { loraProblems } from '../../model/lora/problems';
import { targetModulesOf } from '../../model/targetModules';
import type { Finding } from '../report';
import { type Check, type Checked, error, set, warning } from './checked';

export const loraChecks: Check = function* loraChecks(checked) {
  const { lora, train } = checked.full;
  if (checked.facts.structure === undefined) yield* targets(checked);
  else yield* loraProblems(checked, checked.facts.structure);
  const scale = lora.lora_alpha / lora.r;
  if (!lora.use_rslora && (scale > 8 || scale < 0.25))
    yield warning(
      'lora.lora_alpha',
      message('lora_alpha / r is {0}: the adapter counts {0} times.', Number(scale.toPrecision(3))),
      message('Usual are 1 to 2: lora_alpha: {0} for r: {1}.', lora.r * 2, lora.r),
      set(checked, 'lora.lora_alpha', lora.r * 2),
    );
  // trl 1.13.0, SFTTrainer.__init__: chunked_nll reads lm_head's weight past its adapter and refuses
  if (wrapsHead(lora.target_modules) && train.training.loss_type === 'chunked_nll')
    yield error(
      'lora.target_modules',
      message('An adapter on lm_head does not go with loss_type: chunked_nll.'),
      message('Set loss_type: nll, or take lm_head out of target_modules.'),
      set(checked, 'train.training.loss_type', 'nll'),
    );
  // peft 0.21.0, LoraConfig.__post_init__
  if (typeof lora.target_modules === 'string' && lora.layers_to_transform !== null)
    yield error(
      'lora.layers_to_transform',
      message('layers_to_transform needs target_modules as a list of names.'),
      message('Write the names of the layers in target_modules.'),
    );
  if (lora.layers_pattern !== null && lora.layers_to_transform === null)
    yield error(
      'lora.layers_pattern',
      message('layers_pattern says where layers_to_transform counts, but that is not set.'),
      message('Set layers_to_transform, or remove layers_pattern.'),
    );
  if (lora.init_lora_weights === false)
    yield warning(
      'lora.init_lora_weights',
      message('With false the adapter starts by chance and disturbs the model at once.'),
      message('Write true: the adapter then changes nothing at first.'),
      set(checked, 'lora.init_lora_weights', true),
    );
};

/** Without the model at hand: by a table of kinds of models. */
function* targets(checked: Checked): Generator<Finding> {
  const { target_modules: names, target_parameters: parameters } = checked.full.lora;
  const { modelType } = checked.facts;
  const known = modelType === undefined ? null : targetModulesOf(modelType);
  if (names === null && parameters === null) {
    yield error(
      'lora.target_modules',
      message('lora.target_modules is missing: LoRA must know which layers it works on.'),
      known === null
        ? message('Write target_modules: all-linear, or the names of linear layers, which the model cell shows.')
        : message('For this model ({0}): {1}.', modelType ?? '', known.join(', ')),
      [
        ...(known === null ? [] : set(checked, 'lora.target_modules', known)),
        ...set(checked, 'lora.target_modules', 'all-linear'),
      ],
      'missingKey',
    );
    return;
  }
  if (known === null || !Array.isArray(names)) return;
  const strange = names.filter(
    (name) => name !== 'lm_head' && !known.some((layer) => name === layer || name.endsWith(`.${layer}`)),
  );
  if (strange.length === 0) return;
  const facts = [strange.join(', '), modelType ?? ''] as const;
  const remedy = message('For this model ({0}): {1}.', modelType ?? '', known.join(', '));
  const fixes = set(checked, 'lora.target_modules', known);
  yield strange.length === names.length
    ? error('lora.target_modules', message('A {1} model has no layer named {0}.', ...facts), remedy, fixes)
    : warning('lora.target_modules', message('A {1} model usually has no layer named {0}.', ...facts), remedy, fixes);
}

/** all-linear leaves the output layer out (peft, _maybe_include_all_linear_layers). */
function wrapsHead(names: string | readonly string[] | null): boolean {
  if (names === null || names === 'all-linear') return false;
  if (typeof names !== 'string') return names.some((name) => name === 'lm_head' || name.endsWith('.lm_head'));
  try {
    // peft matches a text against the whole module name (re.fullmatch)
    return new RegExp(`^(?:${names})$`).test('lm_head');
  } catch {
    return false; // Python's syntax is a little larger
  }
}
