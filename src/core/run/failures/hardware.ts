import { type Message, message } from '../../../common/message';
import type { Failure } from '../../../protocol/trainer';
import { type Entry, fact, type FailureContext, type RecipeFix, setting, textAt, valueAt } from './entry';
import { KEYS } from './keys';
import { betterFormat } from './training';

export const unsupportedDtype: Entry = (failure, context) => ({
  title: message('This machine cannot compute in that number format: {0}', failure.message),
  remedies: [
    message('Leave the choice to Tunebook: with auto it takes bfloat16 where the hardware has it.'),
    message('bfloat16 needs an NVIDIA GPU of the Ampere generation (RTX 30, A100) or later.'),
  ],
  fixes: formats(failure, context),
});

export const unsupportedQuantization: Entry = (failure) => ({
  title: message('The weights cannot be quantised here: {0}', failure.message),
  remedies: [
    message('Delete quantization_config to load them in full precision; that takes about four times the memory.'),
  ],
  fixes: [setting(KEYS.quantization, null, message('full precision'))],
});

export const bitsandbytesLibrary: Entry = (failure, context) => {
  const library = fact(failure, 'library');
  const remedies: Message[] = [];
  if (failure.facts['cpuOnly'] === true)
    remedies.push(
      message('The installed bitsandbytes has no part for your GPU: install it anew with pip in the trainer’s Python.'),
    );
  else if (library?.startsWith('libbitsandbytes') === true)
    remedies.push(
      message(
        'bitsandbytes brings no {0}: install a newer bitsandbytes, or PyTorch for a CUDA that it knows.',
        library,
      ),
      message('If BNB_CUDA_VERSION is set in your environment, remove it.'),
    );
  else if (library !== null)
    remedies.push(
      message(
        'The CUDA library {0} is missing: install PyTorch with its CUDA packages, or add its folder to LD_LIBRARY_PATH.',
        library,
      ),
    );
  remedies.push(
    message('python -m bitsandbytes, run with the trainer’s Python, tells what it finds and what it misses.'),
    message('Or do without it, as the changes below do.'),
  );
  return {
    title: message('bitsandbytes can’t use its library here: {0}', failure.message),
    remedies,
    fixes: withoutBitsandbytes(failure, context),
  };
};

export const driverTooOld: Entry = (failure) => {
  const [found, needed] = [fact(failure, 'found'), fact(failure, 'builtFor')];
  return {
    title:
      found !== null && needed !== null
        ? message(
            'The NVIDIA driver is too old: it knows CUDA {0}, this PyTorch was built for CUDA {1}.',
            found,
            needed,
          )
        : message('The NVIDIA driver is too old for this PyTorch: {0}', failure.message),
    remedies: [
      message('Update the driver from nvidia.com/drivers and start the computer again.'),
      message('Or install a PyTorch that was built for an older CUDA, from pytorch.org, in the trainer’s Python.'),
      message('Until then the CPU can train small models.'),
    ],
    fixes: [setting(KEYS.deviceMap, 'cpu', message('slow, for small models only'))],
  };
};

export const missingKernels: Entry = (failure, context) => {
  const what = fact(failure, 'what');
  return {
    title: message('A kernel for this hardware is missing: {0}', failure.message),
    remedies: [...kernelRemedies(what, failure)],
    fixes: withoutKernels(what, failure, context),
  };
};

function* kernelRemedies(what: string | null, failure: Failure): Generator<Message> {
  switch (what) {
    case 'attention':
      yield message('Use the attention that PyTorch brings: attn_implementation: sdpa.');
      yield message(
        'FlashAttention needs an NVIDIA GPU of the Ampere generation (RTX 30, A100) or later, and 16-bit numbers.',
      );
      return;
    case 'triton':
      yield message(
        'Triton builds its kernels on your machine: it needs a C compiler (gcc) and exists for Linux only.',
      );
      yield message('Or do without the kernels that need it.');
      return;
    case 'hub':
      yield message(
        'Install the package {0} in the trainer’s Python, or choose another attention.',
        fact(failure, 'package') ?? 'kernels',
      );
      return;
    default:
      yield message(
        'This build of PyTorch or of a kernel was not made for your GPU: install the one for its generation from pytorch.org.',
      );
      yield message('An older GPU needs an older PyTorch, a newer GPU a newer one.');
  }
}

function withoutKernels(what: string | null, failure: Failure, context: FailureContext): readonly RecipeFix[] {
  const fixes: RecipeFix[] = [];
  const attention = textAt(context, KEYS.attention);
  if (what === 'attention' || what === 'hub')
    fixes.push(setting(KEYS.attention, attention === 'sdpa' ? 'eager' : 'sdpa'));
  if (valueAt(context, KEYS.liger) === true && what !== 'attention') fixes.push(setting(KEYS.liger, false));
  if (fact(failure, 'package') === 'bitsandbytes') fixes.push(...withoutBitsandbytes(failure, context));
  if (what === 'build' && fixes.length === 0)
    fixes.push(setting(KEYS.deviceMap, 'cpu', message('slow, for small models only')));
  return fixes;
}

function withoutBitsandbytes({ recipePath }: Failure, context: FailureContext): readonly RecipeFix[] {
  const quantized = setting(KEYS.quantization, null, message('full precision, four times the memory for the weights'));
  const optimizer = textAt(context, KEYS.optimizer);
  const eight = optimizer !== null && /8bit|paged|bnb/.test(optimizer);
  const plain = setting(KEYS.optimizer, 'adamw_torch', message('more memory for its state'));
  if (recipePath.at(-1) === 'optim') return [plain];
  return [quantized, ...(eight ? [plain] : [])];
}

function formats({ recipePath }: Failure, context: FailureContext): readonly RecipeFix[] {
  const key = recipePath.at(-1);
  if (key === 'tf32') return [setting(KEYS.tf32, null)];
  if (key === 'bnb_4bit_compute_dtype') return [setting(KEYS.computeDtype, 'auto')];
  const fixes: RecipeFix[] = [];
  if (key === 'dtype') fixes.push(setting(KEYS.dtype, 'auto'));
  const compute = valueAt(context, KEYS.computeDtype);
  if (key !== 'fp16' && (compute === 'bfloat16' || compute === 'float16'))
    fixes.push(setting(KEYS.computeDtype, 'auto'));
  if (key === 'fp16' || valueAt(context, KEYS.fp16) === true) return [betterFormat(), ...fixes];
  // auto took it where the hardware refuses it all the same
  const now = valueAt(context, KEYS.bf16);
  return key === 'dtype' ? fixes : [setting(KEYS.bf16, now === 'auto' ? false : 'auto'), ...fixes];
}
