import { message } from '../../../common/message';
import { type Check, error, set, warning } from './checked';

export const modelChecks: Check = function* modelChecks(checked) {
  const { model } = checked.full;
  const { machine } = checked.facts;
  const quantization = model.quantization_config;
  if (quantization?.load_in_4bit === true && quantization.load_in_8bit)
    yield error(
      'model.quantization_config.load_in_8bit',
      message('load_in_4bit and load_in_8bit are both true.'),
      message('Choose one: 4 bits take half the memory of 8.'),
      set(checked, 'model.quantization_config.load_in_8bit', false),
    );
  if (quantization !== null && !quantization.load_in_4bit && !quantization.load_in_8bit)
    yield error(
      'model.quantization_config',
      message('This quantization_config quantises nothing.'),
      message('Set load_in_4bit: true, or delete it to load the weights in full precision.'),
      set(checked, 'model.quantization_config.load_in_4bit', true),
    );
  if (model.trust_remote_code)
    yield warning(
      'model.trust_remote_code',
      message('Python code that comes with the model runs with all your rights.'),
      message('Read it first, and fix its revision.'),
    );
  if (machine === undefined) return;
  if (machine.device !== 'cuda' && model.device_map.startsWith('cuda'))
    yield error(
      'model.device_map',
      message('This machine has no NVIDIA GPU for device_map: {0}.', model.device_map),
      message('Write device_map: auto to take the best device there is.'),
      set(checked, 'model.device_map', 'auto'),
    );
  if (machine.device !== 'cuda' && (model.attn_implementation ?? '').startsWith('flash'))
    yield error(
      'model.attn_implementation',
      message('{0} needs an NVIDIA GPU.', model.attn_implementation ?? ''),
      message('Remove it, or write sdpa.'),
      set(checked, 'model.attn_implementation', 'sdpa'),
    );
  const needsBf16 = (dtype: string | undefined) => dtype === 'bfloat16' && machine.device === 'cuda' && !machine.bf16;
  if (needsBf16(quantization?.bnb_4bit_compute_dtype))
    yield warning(
      'model.quantization_config.bnb_4bit_compute_dtype',
      message('This GPU has no bfloat16: it is imitated, and slow.'),
      message('Write auto, or float16.'),
      set(checked, 'model.quantization_config.bnb_4bit_compute_dtype', 'auto'),
    );
  if (needsBf16(model.dtype) || (model.dtype === 'float16' && machine.device === 'cpu'))
    yield warning(
      'model.dtype',
      message('{0} is slow on this machine.', model.dtype),
      message('Write auto to take what suits it.'),
      set(checked, 'model.dtype', 'auto'),
    );
};
